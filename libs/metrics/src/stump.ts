import { unknownName } from '@botlab/errors';

/** The simplest classifier there is: one feature against one threshold. */
export interface Stump {
  /** Name of the column it looks at. */
  feature: string;
  threshold: number;
  /** Whether a value above the threshold means attack, or one at or below it does. */
  attackAbove: boolean;
}

/**
 * The stump with the highest accuracy on the given rows: what a model must beat to have learnt
 * more than one number.
 *
 * A value is above when it is `> threshold`. The threshold lies midway between two neighbouring
 * distinct values; where no float64 lies between them it is the lower one, which `>` still
 * separates. Of equally good stumps the first wins: by column, then by threshold, then with the
 * attack above. Where no split beats one answer for all rows, the threshold is the first column's
 * largest value, so that no training row is above it.
 *
 * @param features `[tableRows, columns]` row-major, of the whole table
 * @param columns name of each column
 * @param rows the rows of the table to fit on; at least one
 * @param attack `[tableRows]` 1 for attack, 0 for benign
 * @throws RangeError when there are no rows or columns, or a value is not finite
 */
export function fitStump(
  features: Float64Array,
  columns: readonly string[],
  rows: Uint32Array,
  attack: Uint8Array,
): Stump {
  if (rows.length === 0 || columns.length === 0) {
    throw new RangeError(
      `Cannot fit a stump: expected at least one row and one column, got ${rows.length} and ${columns.length}.`,
    );
  }
  const attackRows = rows.filter((row) => attack[row] === 1);
  const benignRows = rows.filter((row) => attack[row] !== 1);
  let best: Split | undefined;
  let feature = columns[0]!;
  columns.forEach((name, column) => {
    const take = (from: Uint32Array) => sorted(features, columns, column, from);
    // Two plain sorts and a merge: a typed array without a comparator sorts many times faster.
    const split = bestSplit(take(attackRows), take(benignRows), best);
    if (split !== best) feature = name;
    best = split;
  });
  return { feature, threshold: best!.threshold, attackAbove: best!.attackAbove };
}

/**
 * `[rows]` 1 where the stump says attack, else 0.
 *
 * @param features `[tableRows, columns]` row-major, of the whole table
 * @throws InputError when the stump's feature is not among the columns
 */
export function predictStump(
  stump: Stump,
  features: Float64Array,
  columns: readonly string[],
  rows: Uint32Array,
): Uint8Array {
  const column = columns.indexOf(stump.feature);
  if (column < 0) throw unknownName('column', stump.feature, columns);
  return Uint8Array.from(rows, (row) => {
    const isAbove = features[row * columns.length + column]! > stump.threshold;
    return isAbove === stump.attackAbove ? 1 : 0;
  });
}

interface Split {
  right: number;
  threshold: number;
  attackAbove: boolean;
}

function sorted(
  features: Float64Array,
  columns: readonly string[],
  column: number,
  rows: Uint32Array,
): Float64Array {
  const values = new Float64Array(rows.length);
  rows.forEach((row, place) => {
    const value = features[row * columns.length + column]!;
    if (!Number.isFinite(value)) {
      throw new RangeError(
        `Cannot fit a stump: expected a finite number in row ${row}, column ${columns[column]}, got ${value}.`,
      );
    }
    values[place] = value;
  });
  return values.sort();
}

/** The best split of one column, or `best` itself when none is strictly better. */
function bestSplit(attack: Float64Array, benign: Float64Array, best: Split | undefined): Split {
  const largest = Math.max(attack.at(-1) ?? -Infinity, benign.at(-1) ?? -Infinity);
  let winner: Split = best ?? {
    right: Math.max(attack.length, benign.length),
    threshold: largest,
    attackAbove: attack.length < benign.length,
  };
  let attackBelow = 0;
  let benignBelow = 0;
  for (;;) {
    const low = Math.min(attack[attackBelow] ?? Infinity, benign[benignBelow] ?? Infinity);
    while (attack[attackBelow]! <= low) attackBelow++;
    while (benign[benignBelow]! <= low) benignBelow++;
    if (attackBelow === attack.length && benignBelow === benign.length) return winner;
    const rightAbove = attack.length - attackBelow + benignBelow;
    const right = Math.max(rightAbove, attack.length + benign.length - rightAbove);
    if (right <= winner.right) continue;
    const high = Math.min(attack[attackBelow] ?? Infinity, benign[benignBelow] ?? Infinity);
    winner = { right, threshold: between(low, high), attackAbove: rightAbove === right };
  }
}

/** A threshold t with `low <= t < high`: halves first, for the sum of two large values can overflow. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
