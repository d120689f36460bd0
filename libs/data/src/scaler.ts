import { InputError } from '@botlab/errors';
import { placeOf, type RowOrigins } from './row-place';
import { fitMinMax, fitStandard, identity, type Mapping, type Scaling, signedLog } from './scaling';
import type { Table } from './table';

export const SCALERS = ['standard', 'min-max', 'log'] as const;
export type ScalerKind = (typeof SCALERS)[number];

/** What of a table a scaler needs: row-major features, the names of their columns, and for messages whose they are. */
export type ScalerInput = Pick<Table, 'features' | 'columns'> & RowOrigins;

/** A scaler as a run folder stores it. */
export interface ScalerJSON {
  readonly kind: ScalerKind;
  readonly columns: readonly string[];
  readonly offset: readonly number[];
  readonly scale: readonly number[];
}

/** How each kind of scaler is fitted, and what it does to a value before. */
const FITS: Readonly<
  Record<ScalerKind, { readonly fit: typeof fitStandard; readonly map: Mapping }>
> = {
  standard: { fit: fitStandard, map: identity },
  'min-max': { fit: fitMinMax, map: identity },
  log: { fit: fitStandard, map: signedLog },
};

const FLOAT32_MAX = 3.4028234663852886e38;

/**
 * Maps each column to a comparable range: (x - offset) / scale. 'standard' gives mean 0 and
 * standard deviation 1 (of the rows as a population), 'min-max' the range 0 to 1. 'log' does what
 * 'standard' does, to sign(x)·log(1 + |x|): variances and radii span many orders of magnitude, and
 * most rows would otherwise lie within a hundredth of a deviation.
 *
 * Works in float64 and rounds to float32 last: jitter means near 1.5e9 s would have a step of 128 s
 * as float32, and variances reach 1e17. A column that is constant in the rows fitted, but for what
 * rounding does, has scale 0 and becomes 0 everywhere.
 */
export class Scaler implements ScalerJSON {
  readonly kind: ScalerKind;
  readonly columns: readonly string[];
  /** What is subtracted from each column: its mean or its minimum. */
  readonly offset: readonly number[];
  /** What each column is then divided by: its deviation or its width; 0 where it is constant. */
  readonly scale: readonly number[];

  private constructor(json: ScalerJSON) {
    this.kind = json.kind;
    this.columns = [...json.columns];
    this.offset = [...json.offset];
    this.scale = [...json.scale];
  }

  /**
   * The scaler of these rows; give it training rows only, or the test set leaks into training.
   *
   * @param rows rows of the table, in any order
   * @throws InputError when there are none, or a value is so large that the spread is no number
   */
  static fit(kind: ScalerKind, table: ScalerInput, rows: Uint32Array): Scaler {
    if (rows.length === 0) {
      throw new InputError('Cannot fit a scaler to no rows: the training set is empty.');
    }
    const width = table.columns.length;
    const { fit, map } = FITS[kind];
    const scaling: Scaling = fit(table.features, width, rows, map);
    const { offset, scale } = scaling;
    const endless = table.columns.findIndex(
      (_, column) => !Number.isFinite(offset[column]) || !Number.isFinite(scale[column]),
    );
    if (endless >= 0) refuseSpread(kind, table, rows, endless);
    return new Scaler({ kind, columns: table.columns, ...scaling });
  }

  /**
   * The scaled rows, row-major `[rows.length, columns]`.
   *
   * @throws InputError when the table's columns are not those fitted, or a value lies so far outside
   *   what was fitted that float32 cannot hold it
   */
  transform(table: ScalerInput, rows: Uint32Array): Float32Array {
    this.#requireColumns(table.columns);
    const width = this.columns.length;
    const { map } = FITS[this.kind];
    const offset = Float64Array.from(this.offset);
    const scale = Float64Array.from(this.scale);
    const scaled = new Float32Array(rows.length * width);
    let to = 0;
    for (const row of rows) {
      for (let column = 0, from = row * width; column < width; column++, from++, to++) {
        const divisor = scale[column] ?? 0;
        if (divisor === 0) continue;
        const value = (map(table.features[from] ?? 0) - (offset[column] ?? 0)) / divisor;
        if (!(Math.abs(value) <= FLOAT32_MAX)) this.#refuse(table, row, column);
        scaled[to] = value;
      }
    }
    return scaled;
  }

  toJSON(): ScalerJSON {
    const { kind, columns, offset, scale } = this;
    return { kind, columns, offset, scale };
  }

  /**
   * The scaler that `toJSON` described.
   *
   * @param where what the value was read from, for the message
   * @throws InputError when it does not describe one
   */
  static fromJSON(json: unknown, where = 'the stored scaler'): Scaler {
    const refuse = (fault: string): InputError =>
      new InputError(`Cannot use ${where}: ${fault}; fit it again.`);
    if (typeof json !== 'object' || json === null) throw refuse('it is not an object');
    const { kind, columns, offset, scale } = json as Partial<Record<keyof ScalerJSON, unknown>>;
    const known = SCALERS.find((name) => name === kind);
    if (known === undefined) throw refuse(`its kind is not one of ${SCALERS.join(', ')}`);
    if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) {
      throw refuse('it has no list of columns');
    }
    if (!areNumbers(offset, columns.length, -Infinity)) {
      throw refuse(`its offset is not a list of ${columns.length} numbers`);
    }
    if (!areNumbers(scale, columns.length, 0)) {
      throw refuse(`its scale is not a list of ${columns.length} numbers of 0 or more`);
    }
    return new Scaler({ kind: known, columns, offset, scale });
  }

  #requireColumns(columns: readonly string[]): void {
    const width = Math.max(columns.length, this.columns.length);
    for (let i = 0; i < width; i++) {
      if (columns[i] === this.columns[i]) continue;
      throw new InputError(
        `Cannot scale the table: its column ${i + 1} is ${columns[i] ?? 'missing'}, but the scaler was fitted with ${this.columns[i] ?? 'none'} there; select the columns it was fitted with.`,
      );
    }
  }

  #refuse(table: ScalerInput, row: number, column: number): never {
    const name = this.columns[column] ?? '';
    const value = table.features[row * this.columns.length + column];
    throw new InputError(
      `Cannot scale ${placeOf(table, row)}: its ${name} of ${value} is too far outside the training rows, whose spread is ${this.scale[column]}; correct the cell, train on rows that cover it, or leave the column out (--drop ${name}).`,
    );
  }
}

/** Names the largest value of a column, which is why its spread overflows. */
function refuseSpread(
  kind: ScalerKind,
  table: ScalerInput,
  rows: Uint32Array,
  column: number,
): never {
  const valueOf = (row: number): number => table.features[row * table.columns.length + column] ?? 0;
  const largest = rows.reduce((most, row) =>
    Math.abs(valueOf(row)) > Math.abs(valueOf(most)) ? row : most,
  );
  const name = table.columns[column] ?? '';
  throw new InputError(
    `Cannot scale ${placeOf(table, largest)}: its ${name} of ${valueOf(largest)} is so large that the ${kind} scaler's spread of the column is no number; correct the cell, scale by log (--scaler log), or leave the column out (--drop ${name}).`,
  );
}

function areNumbers(list: unknown, length: number, least: number): list is number[] {
  return (
    Array.isArray(list) &&
    list.length === length &&
    list.every((item) => Number.isFinite(item) && Number(item) >= least)
  );
}
