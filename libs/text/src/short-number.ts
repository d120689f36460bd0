import { count } from './count';

/** A time or a rate with three digits that count: "0.0123", "12.3", "12,345". */
export function shortNumber(value: number): string {
  return value >= 100 ? count(Math.round(value)) : String(Number(value.toPrecision(3)));
}
