import { shortNumber } from '@botlab/text';

/** A figure with three digits; empty for what was not measured. */
export function measuredText(value: number | undefined): string {
  return value === undefined ? '' : shortNumber(value);
}
