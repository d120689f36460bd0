import type { FittedRows } from './column-statistics';

/** Writes the scaled rows `[rows.length, width]`; a value that cannot be scaled as a number that is not finite. */
export type Scaling = (values: FittedRows, scaled: Float32Array) => void;

/** A kind of scaler: what it learns of each column, in a shape of its own, and what it does by that. */
export interface ScalerDefinition<Parameters extends object> {
  /**
   * What the rows say of each column, all values being finite. Parameters that are not finite, as where a spread
   * overflows, are refused by the caller.
   */
  fit(values: FittedRows): Parameters;
  /** The parameters of a stored scaler of these columns, or as a string what is wrong with them. */
  read(stored: Readonly<Record<string, unknown>>, columns: readonly string[]): Parameters | string;
  /** The first column whose parameters are not finite, or -1. */
  endless(parameters: Parameters): number;
  /** How far the fitted values of a column reach, for a message about one that is far outside. */
  spread(parameters: Parameters, column: number): number;
  scaling(parameters: Parameters): Scaling;
}

/** What becomes of a value in a column that was constant: 0, or NaN where the value is not finite. */
export function zeroOf(value: number): number {
  return Number.isFinite(value) ? 0 : NaN;
}
