import type { Examples } from '../prepare-data';
import { countClasses } from './fixed-answers';
import { SortedColumn } from './sorted-column';
import { type StumpGoal, StumpScore } from './stump-score';

/** One column against one threshold, and a class for each side. */
export interface StumpSplit {
  readonly column: number;
  readonly threshold: number;
  /** The class of values at or below the threshold, and that of values above it. */
  readonly below: number;
  readonly above: number;
}

/** What a search heeds and reports between two columns. */
export interface SearchHooks {
  readonly signal?: AbortSignal;
  onProgress?(this: void, done: number, total: number): void;
}

/**
 * The split with the highest accuracy or macro F1 on the given rows: of every column, every threshold between two
 * values, and every pair of classes.
 *
 * Of equally good splits the first wins: by column, then by threshold, then by the classes. Where no split is better
 * than one answer to all rows, the threshold is the first column's largest value, so that no row is above it. Takes
 * O(columns × rows × (log rows + classes)) time, and room for one column.
 *
 * @param x `[rows, columns]`, finite; at least one row
 * @throws the signal's reason when it is aborted
 */
export async function searchStump(
  { x, y }: Pick<Examples, 'x' | 'y'>,
  classes: number,
  goal: StumpGoal,
  { signal, onProgress }: SearchHooks = {},
): Promise<StumpSplit> {
  const columns = x.length / y.length;
  const totals = countClasses(y, classes);
  const score = new StumpScore(totals, goal);
  const sorted = new SortedColumn(y);
  sorted.read(x, columns, 0);
  let best = score.ofOneAnswer();
  let [column, threshold] = [0, sorted.valueAt(y.length - 1)];
  for (let candidate = 0; candidate < columns; candidate++) {
    signal?.throwIfAborted();
    sorted.read(x, columns, candidate);
    const [below, above] = [new Float64Array(classes), totals.slice()];
    for (let place = 0; place < y.length - 1; place++) {
      const label = sorted.labelAt(place);
      below[label]! += 1;
      above[label]! -= 1;
      if (sorted.orderAt(place) === sorted.orderAt(place + 1)) continue;
      const found = score.better(below, above, place + 1, best.value);
      if (found === undefined) continue;
      best = found;
      [column, threshold] = [candidate, sorted.thresholdAfter(place)];
    }
    onProgress?.(candidate + 1, columns);
    await new Promise(setImmediate); // lets a signal in
  }
  return { column, threshold, below: best.below, above: best.above };
}
