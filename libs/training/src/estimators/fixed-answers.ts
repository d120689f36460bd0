import type { Predictions } from '../evaluation';

/** The few answers of a rule: rows get one of them each. */
export interface FixedAnswers {
  /** `[answers, classes]` log-probabilities. */
  readonly logits: Float32Array;
  /** `[answers]` the class that each names. */
  readonly labels: Uint8Array;
}

/**
 * An answer from how many training rows of each class get it. Probabilities are smoothed by Laplace's rule, as
 * though there were one more row of each class, so that none is 0; of the class that is answered there is
 * another one, and where it is not the most frequent the two change places: what is answered is the likeliest.
 *
 * @param counts `[classes]` training rows
 * @param answer the class to name; where left out the most frequent, the first of equals
 */
export function answerFrom(counts: ArrayLike<number>, answer = mostFrequent(counts)): FixedAnswers {
  const rows = Float64Array.from(counts, (count) => count + 1);
  const likeliest = mostFrequent(counts);
  [rows[answer], rows[likeliest]] = [rows[likeliest]!, rows[answer]!];
  rows[answer] += 1;
  const all = rows.reduce((sum, count) => sum + count, 0);
  return {
    logits: Float32Array.from(rows, (count) => Math.log(count / all)),
    labels: Uint8Array.of(answer),
  };
}

/** Several answers as one list. */
export function joinAnswers(answers: readonly FixedAnswers[]): FixedAnswers {
  return {
    logits: Float32Array.from(answers.flatMap(({ logits }) => [...logits])),
    labels: Uint8Array.from(answers.flatMap(({ labels }) => [...labels])),
  };
}

/** Gives each row the answer at the place that `placeOf` says. */
export function answerRows(
  { logits, labels }: FixedAnswers,
  rows: number,
  placeOf: (row: number) => number,
): Predictions {
  const classes = logits.length / labels.length;
  const all = { logits: new Float32Array(rows * classes), labels: new Uint8Array(rows) };
  for (let row = 0; row < rows; row++) {
    const place = placeOf(row);
    all.labels[row] = labels[place]!;
    all.logits.set(logits.subarray(place * classes, (place + 1) * classes), row * classes);
  }
  return all;
}

/** How many rows each class has. */
export function countClasses(y: Uint8Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of y) counts[label]! += 1;
  return counts;
}

/** The class with the most rows; the first of equals. */
function mostFrequent(counts: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < counts.length; c++) if (counts[c]! > counts[best]!) best = c;
  return best;
}
