import { InputError } from '@botlab/errors';

/** Rows to bin, to fit trees on or to answer. */
export interface Rows {
  /** Row-major, `[rows, columns]`. */
  readonly x: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Rows with their classes. */
export interface LabelledRows extends Rows {
  /** The class of each row, from 0 up to `classes` (not including it). */
  readonly labels: Uint8Array;
  readonly classes: number;
}

/** More rows than this do not fit into sums that are exact. */
export const MOST_ROWS = 2 ** 23;
/** A tree of more classes would need wider counts. */
export const MOST_CLASSES = 64;

/**
 * Makes sure that there are rows to fit trees on, and that they are numbers.
 *
 * @throws InputError when there are no rows, more than 2^23, or one holds NaN or an infinity
 */
export function requireRows({ x, rows, columns }: Rows): void {
  if (rows === 0 || columns === 0) {
    const what = rows === 0 ? 'no rows' : 'rows without columns';
    throw new InputError(`Cannot fit trees on ${what}; give some to train on.`);
  }
  if (rows > MOST_ROWS) {
    throw new InputError(
      `Cannot fit trees on ${rows} rows: at most ${MOST_ROWS} (2^23) are taken; sample fewer.`,
    );
  }
  requireNumbers({ x, rows, columns });
}

/**
 * The same for rows with classes.
 *
 * @throws InputError too when there are more than 64 classes, or all rows are of one
 */
export function requireLabelledRows(data: LabelledRows): void {
  const { rows, labels, classes } = data;
  if (classes > MOST_CLASSES) {
    throw new InputError(
      `Cannot fit trees on ${classes} classes: at most ${MOST_CLASSES} are taken; join some of them.`,
    );
  }
  requireRows(data);
  if (labels.length !== rows) throw new RangeError(`${labels.length} labels for ${rows} rows`);
  const stray = labels.findIndex((label) => label >= classes);
  if (stray >= 0) {
    throw new RangeError(`row ${stray} is of class ${labels[stray]}, of ${classes} classes`);
  }
  if (labels.every((label) => label === labels[0])) {
    throw new InputError(
      `Cannot fit trees on rows of one class: all ${rows} are of class ${labels[0]}; add rows of another.`,
    );
  }
}

/**
 * Makes sure that all values are finite numbers.
 *
 * @throws InputError when one is not, with its row and column counted from 1
 */
export function requireNumbers({ x, rows, columns }: Rows): void {
  if (!Number.isInteger(rows) || x.length !== rows * columns) {
    throw new RangeError(`${x.length} values are not ${rows} rows of ${columns} columns`);
  }
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value - value === 0) continue;
    const [row, column] = [Math.floor(i / columns) + 1, (i % columns) + 1];
    throw new InputError(
      `Row ${row}, column ${column} is ${value}: trees take finite numbers; leave the row out or fill the value in.`,
    );
  }
}
