import { requireProbabilities } from './probability-rows';

/**
 * For each class the least probability at which it belongs to an answer, so that of each class's rows at least
 * 1 - `alpha` have their own class in it: split conformal prediction, class by class (V. Vovk, ACML 2012; score
 * 1 - p of the truth). It holds for rows that are exchangeable with these, which rows of other devices are not.
 *
 * @param probabilities `[rows, classes]`, of rows that were neither trained nor tested on
 * @param truth `[rows]` class numbers
 * @returns `[classes]`; 0, so that every answer has the class, where it has fewer than 1 / alpha - 1 rows
 * @throws RangeError when the lengths do not go together, or for an alpha beyond 0 and 1
 */
export function conformalThresholds(
  probabilities: ArrayLike<number>,
  truth: ArrayLike<number>,
  classes: number,
  alpha: number,
): Float64Array {
  requireProbabilities(probabilities, truth.length, classes);
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`Expected an alpha between 0 and 1, got ${alpha}.`);
  }
  const own = Array.from({ length: classes }, (): number[] => []);
  for (let row = 0; row < truth.length; row++) {
    own[truth[row]!]!.push(probabilities[row * classes + truth[row]!]!);
  }
  return Float64Array.from(own, (values) => {
    // Of n rows and one to come, the ⌊alpha (n + 1)⌋ least likely may be left out.
    const left = Math.floor(alpha * (values.length + 1) + 1e-9);
    return left === 0 ? 0 : values.sort((a, b) => a - b)[left - 1]!;
  });
}

/** How good sets of classes are as answers. */
export interface SetScores {
  /** `[classes]` the share of a class's rows whose answer has it; NaN of a class without rows. */
  readonly coverage: readonly number[];
  /** The mean number of classes in an answer. */
  readonly size: number;
  /** The share of rows whose answer is no class at all: unlike all that was learnt. */
  readonly empty: number;
}

/** What answers hold on rows with known classes, by the thresholds of {@link conformalThresholds}. */
export function scoreSets(
  probabilities: ArrayLike<number>,
  truth: ArrayLike<number>,
  thresholds: ArrayLike<number>,
): SetScores {
  const classes = thresholds.length;
  const rows = new Float64Array(classes);
  const covered = new Float64Array(classes);
  let [members, empty] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    let size = 0;
    for (let k = 0; k < classes; k++) {
      if (!(probabilities[row * classes + k]! >= thresholds[k]!)) continue;
      size++;
      if (k === truth[row]) covered[k]!++;
    }
    rows[truth[row]!]!++;
    members += size;
    if (size === 0) empty++;
  }
  return {
    coverage: Array.from(covered, (some, k) => some / rows[k]!),
    size: members / truth.length,
    empty: empty / truth.length,
  };
}
