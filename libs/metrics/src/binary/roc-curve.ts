import { rank } from './ranking';

/** What becomes of rows when those that score at least `threshold` are taken for attacks. */
export interface RocPoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  /** The true-positive rate. */
  readonly recall: number;
  /** Of the rows that are taken for attacks; 1 where there are none. */
  readonly precision: number;
}

/**
 * A point for each different score, from a threshold that takes no row (`Infinity`) down to one that takes all: the ROC
 * curve is `recall` over `falsePositiveRate`, the precision-recall curve `precision` over `recall`.
 *
 * @param truth `[rows]` 1 for attack, 0 for benign
 * @param score `[rows]` higher means more likely an attack; any scale
 * @returns undefined when either class is absent
 * @throws RangeError as {@link rocAuc} does
 */
export function rocCurve(
  truth: ArrayLike<number>,
  score: ArrayLike<number>,
): RocPoint[] | undefined {
  const { steps, positives, negatives } = rank(truth, score);
  if (positives === 0 || negatives === 0) return undefined;
  const points = [{ threshold: Infinity, falsePositiveRate: 0, recall: 0, precision: 1 }];
  let [hits, alarms] = [0, 0];
  for (const step of steps) {
    hits += step.positives;
    alarms += step.negatives;
    points.push({
      threshold: step.score,
      falsePositiveRate: alarms / negatives,
      recall: hits / positives,
      precision: hits / (hits + alarms),
    });
  }
  return points;
}

/**
 * The false-positive rate at the highest threshold that finds this share of the attacks (`FPR95` for 0.95): how well
 * a score rejects what was never seen. `undefined` when either class is absent.
 */
export function falsePositiveRateAt(
  recall: number,
  truth: ArrayLike<number>,
  score: ArrayLike<number>,
): number | undefined {
  return rocCurve(truth, score)?.find((point) => point.recall >= recall)?.falsePositiveRate;
}
