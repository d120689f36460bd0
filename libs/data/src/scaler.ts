import { InputError } from '@botlab/errors';
import { placeOf, type RowOrigins } from './row-place';
import type { Scaling } from './scalers/scaler-definition';
import {
  DEFAULT_SCALER,
  SCALER_DEFINITIONS,
  type ScalerKind,
  type ScalerParameters,
  SCALERS,
} from './scalers/scalers';
import type { Table } from './table';

export { DEFAULT_SCALER, type ScalerKind, type ScalerParameters, SCALERS };

/** What of a table a scaler needs: row-major features, the names of their columns, and for messages whose they are. */
export type ScalerInput = Pick<Table, 'features' | 'columns'> & RowOrigins;

/** A scaler as a run folder stores it: its kind, the columns fitted, and what the kind learnt of each. */
export type ScalerJSON<Kind extends ScalerKind = ScalerKind> = {
  readonly [K in Kind]: {
    readonly kind: K;
    readonly columns: readonly string[];
  } & ScalerParameters[K];
}[Kind];

/**
 * Maps each column to a comparable range: to mean 0 and standard deviation 1 (standard), the same after
 * a logarithm (log), to 0 to 1 (min-max), or to a normal distribution (quantile).
 *
 * Works in float64 and rounds to float32 last: jitter means near 1.5e9 s would have a step of 128 s
 * as float32, and variances reach 1e17. A column that is constant in the rows fitted, but for what
 * rounding does, becomes 0 everywhere.
 */
export class Scaler<Kind extends ScalerKind = ScalerKind> {
  readonly #scale: Scaling;

  private constructor(
    readonly kind: Kind,
    readonly columns: readonly string[],
    /** What is known of each column; each kind has a shape of its own. */
    readonly parameters: ScalerParameters[Kind],
  ) {
    this.#scale = SCALER_DEFINITIONS[kind].scaling(parameters);
  }

  /**
   * The scaler of these rows; give it training rows only, or the test set leaks into training.
   *
   * @param rows rows of the table, in any order
   * @throws InputError when there are none, a value is no finite number, or one is so large that the spread is none
   */
  static fit<Kind extends ScalerKind>(
    kind: Kind,
    table: ScalerInput,
    rows: Uint32Array,
  ): Scaler<Kind> {
    if (rows.length === 0) {
      throw new InputError('Cannot fit a scaler to no rows: the training set is empty.');
    }
    const { features, columns } = table;
    const width = columns.length;
    for (const row of rows) {
      for (let column = 0; column < width; column++) {
        if (!Number.isFinite(features[row * width + column])) refuseValue(table, row, column);
      }
    }
    const definition = SCALER_DEFINITIONS[kind];
    const parameters = definition.fit({ features, width, rows });
    const endless = definition.endless(parameters);
    if (endless >= 0) refuseSpread(kind, table, rows, endless);
    return new Scaler(kind, [...columns], parameters);
  }

  /**
   * The scaled rows, row-major `[rows.length, columns]`.
   *
   * @throws InputError when the table's columns are not those fitted, a value is no finite number, or one lies so
   *   far outside what was fitted that float32 cannot hold it
   */
  transform(table: ScalerInput, rows: Uint32Array): Float32Array {
    this.#requireColumns(table.columns);
    const width = this.columns.length;
    const scaled = new Float32Array(rows.length * width);
    this.#scale({ features: table.features, width, rows }, scaled);
    for (let i = 0; i < scaled.length; i++) {
      if (!Number.isFinite(scaled[i])) {
        this.#refuse(table, rows[Math.floor(i / width)] ?? 0, i % width);
      }
    }
    return scaled;
  }

  toJSON(): ScalerJSON<Kind> {
    const { kind, columns, parameters } = this;
    return { kind, columns, ...parameters } as unknown as ScalerJSON<Kind>;
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
    const { kind, columns, ...stored } = json as Readonly<Record<string, unknown>>;
    const known = SCALERS.find((name) => name === kind);
    if (known === undefined) throw refuse(`its kind is not one of ${SCALERS.join(', ')}`);
    if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) {
      throw refuse('it has no list of columns');
    }
    const parameters = SCALER_DEFINITIONS[known].read(stored, columns);
    if (typeof parameters === 'string') throw refuse(parameters);
    return new Scaler<ScalerKind>(known, columns, parameters);
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
    if (!Number.isFinite(value)) refuseValue(table, row, column);
    const spread = SCALER_DEFINITIONS[this.kind].spread(this.parameters, column);
    throw new InputError(
      `Cannot scale ${placeOf(table, row)}: its ${name} of ${value} is too far outside the training rows, whose spread is ${spread}; correct the cell, train on rows that cover it, or leave the column out (--drop ${name}).`,
    );
  }
}

function refuseValue(table: ScalerInput, row: number, column: number): never {
  const name = table.columns[column] ?? '';
  const value = table.features[row * table.columns.length + column];
  throw new InputError(
    `Cannot scale ${placeOf(table, row)}: its ${name} of ${value} is no finite number; correct the cell, or leave the column out (--drop ${name}).`,
  );
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
