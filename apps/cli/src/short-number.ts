import { count } from '@botlab/training/light';

/** A time or a rate with three digits that count: "0.0123", "12.3", "12,345". */
export function short(value: number): string {
  return value >= 100 ? count(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** The same of what may not have been measured. */
export function optional(value: number | undefined): string {
  return value === undefined ? '' : short(value);
}
