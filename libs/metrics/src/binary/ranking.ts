/**
 * Area under the ROC curve: the chance that a random attack scores above a random benign row, a tie
 * counting half (Hanley and McNeil 1982). `undefined` when either class is absent.
 *
 * @param truth `[rows]` 1 for attack, 0 for benign
 * @param score `[rows]` higher means more likely an attack; any scale
 * @throws RangeError when the lengths differ, a truth is not 0 or 1, or a score is NaN
 */
export function rocAuc(truth: ArrayLike<number>, score: ArrayLike<number>): number | undefined {
  const { steps, positives, negatives } = rank(truth, score);
  if (positives === 0 || negatives === 0) return undefined;
  let above = 0;
  let wins = 0;
  for (const step of steps) {
    wins += step.negatives * (above + step.positives / 2);
    above += step.positives;
  }
  return wins / positives / negatives;
}

/**
 * Average precision: the mean of the precision at each threshold, weighted by the recall gained
 * there, with no interpolation (scikit-learn's definition). `undefined` when either class is absent.
 *
 * Parameters and errors are those of `rocAuc`.
 */
export function averagePrecision(
  truth: ArrayLike<number>,
  score: ArrayLike<number>,
): number | undefined {
  const { steps, positives, negatives } = rank(truth, score);
  if (positives === 0 || negatives === 0) return undefined;
  let hits = 0;
  let flagged = 0;
  let area = 0;
  for (const step of steps) {
    hits += step.positives;
    flagged += step.positives + step.negatives;
    area += (step.positives / positives) * (hits / flagged);
  }
  return Math.min(1, area); // the sum of many parts may round to a little more than 1
}

interface Step {
  readonly score: number;
  positives: number;
  negatives: number;
}

/** The rows from the highest score down, equal scores taken together as one step. */
export function rank(truth: ArrayLike<number>, score: ArrayLike<number>) {
  check(truth, score);
  const order = Uint32Array.from(truth, (_, row) => row);
  // Subtracting would give NaN for two infinite scores.
  order.sort((a, b) => (score[a]! < score[b]! ? 1 : score[a]! > score[b]! ? -1 : 0));
  const steps: Step[] = [];
  let positives = 0;
  let last: number | undefined;
  for (const row of order) {
    if (score[row] !== last) steps.push({ score: score[row]!, positives: 0, negatives: 0 });
    last = score[row];
    const step = steps[steps.length - 1]!;
    if (truth[row] === 1) {
      step.positives++;
      positives++;
    } else {
      step.negatives++;
    }
  }
  return { steps, positives, negatives: truth.length - positives };
}

function check(truth: ArrayLike<number>, score: ArrayLike<number>): void {
  if (truth.length !== score.length) {
    throw new RangeError(
      `Cannot rank scores: expected one for each of ${truth.length} rows, got ${score.length}.`,
    );
  }
  for (let row = 0; row < truth.length; row++) {
    if (truth[row] !== 0 && truth[row] !== 1) {
      throw new RangeError(
        `Cannot rank scores: expected each truth to be 0 or 1, got ${truth[row]} in row ${row}.`,
      );
    }
    if (Number.isNaN(score[row])) {
      throw new RangeError(`Cannot rank scores: expected a number, got NaN in row ${row}.`);
    }
  }
}
