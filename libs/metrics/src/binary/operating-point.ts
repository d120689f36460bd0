import { binomialInterval, type Interval, negativesNeeded } from './binomial-interval';
import { rocCurve } from './roc-curve';

/** A threshold, or how many negatives it would take to choose one. */
export type ThresholdChoice = { readonly threshold: number } | { readonly needed: number };

/** A share with its exact interval of 95 %. */
export interface MeasuredShare extends Interval {
  readonly value: number;
}

/** What a threshold does on rows. */
export interface OperatingPoint {
  /** Of the attacks, how many are found. */
  readonly recall: MeasuredShare;
  /** Of the benign rows, how many are taken for attacks. */
  readonly falsePositiveRate: MeasuredShare;
}

/**
 * The lowest threshold whose false-positive rate on these rows is at most `rate`: to be chosen on validation rows, and
 * measured on others by {@link operatingPoint}. Refused where the negatives are too few to tell of such a rate.
 *
 * @param truth `[rows]` 1 for attack, 0 for benign
 * @param score `[rows]` higher means more likely an attack; rows that score at least the threshold are taken for one
 * @throws RangeError as {@link rocAuc} does, where a class is absent, and for a rate beyond 0 and 1
 */
export function chooseThreshold(
  truth: ArrayLike<number>,
  score: ArrayLike<number>,
  rate: number,
): ThresholdChoice {
  if (!(rate > 0 && rate < 1))
    throw new RangeError(`Expected a rate between 0 and 1, got ${rate}.`);
  const curve = rocCurve(truth, score);
  if (curve === undefined) {
    throw new RangeError('Cannot choose a threshold: expected benign rows and attacks.');
  }
  const negatives = Array.from(truth).filter((label) => label === 0).length;
  const needed = negativesNeeded(rate);
  if (negatives < needed) return { needed };
  const within = curve.filter(({ falsePositiveRate }) => falsePositiveRate <= rate);
  return { threshold: within.at(-1)!.threshold };
}

/**
 * What a threshold that was chosen elsewhere does on these rows.
 *
 * @throws RangeError when the lengths differ or a class is absent
 */
export function operatingPoint(
  truth: ArrayLike<number>,
  score: ArrayLike<number>,
  threshold: number,
): OperatingPoint {
  if (truth.length !== score.length) {
    throw new RangeError(`Expected a score for each of ${truth.length} rows, got ${score.length}.`);
  }
  const rows = [0, 0];
  const flagged = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    rows[truth[row]!]! += 1;
    if (score[row]! >= threshold) flagged[truth[row]!]! += 1;
  }
  if (rows.includes(0)) {
    throw new RangeError('Cannot measure a threshold: expected benign rows and attacks.');
  }
  const [falsePositiveRate, recall] = rows.map((all, label) => measured(flagged[label]!, all));
  return { recall: recall!, falsePositiveRate: falsePositiveRate! };
}

function measured(some: number, all: number): MeasuredShare {
  return { value: some / all, ...binomialInterval(some, all) };
}
