import { requireProbabilities } from './probability-rows';

/** Probabilities below it are taken for it, so that a logarithm is finite: that of the smallest float32. */
const LEAST = 1e-38;

/** How far the temperature may go; nothing that learns is that sure or that unsure of itself. */
const [COLDEST, HOTTEST] = [1e-3, 1e3];

/**
 * The temperature T at which softmax(log p / T) has the least cross-entropy on these rows, validation rows as a rule:
 * above 1 where a model is too sure (C. Guo et al., On calibration of modern neural networks, ICML 2017). The answer
 * itself stays what it was.
 *
 * @param probabilities `[rows, classes]`, row by row
 * @param truth `[rows]` class numbers
 * @throws RangeError when there are no rows, or another number of them than `truth` has
 */
export function fitTemperature(
  probabilities: ArrayLike<number>,
  truth: ArrayLike<number>,
  classes: number,
): number {
  if (truth.length === 0) throw new RangeError('Cannot fit a temperature to no rows.');
  requireProbabilities(probabilities, truth.length, classes);
  const logits = Float64Array.from(probabilities, (p) => Math.log(Math.max(p, LEAST)));
  // The cross-entropy is convex in 1 / T: its slope rises, and is halved in upon.
  let [low, high] = [1 / HOTTEST, 1 / COLDEST];
  if (slope(logits, truth, classes, low) >= 0) return 1 / low;
  if (slope(logits, truth, classes, high) <= 0) return 1 / high;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (slope(logits, truth, classes, middle) < 0) low = middle;
    else high = middle;
  }
  return 2 / (low + high);
}

/** Probabilities at another temperature, `[rows, classes]`. */
export function atTemperature(
  probabilities: ArrayLike<number>,
  classes: number,
  temperature: number,
): Float64Array {
  const scaled = new Float64Array(probabilities.length);
  for (let at = 0; at < scaled.length; at += classes) {
    let [most, sum] = [-Infinity, 0];
    for (let k = at; k < at + classes; k++) {
      scaled[k] = Math.log(Math.max(probabilities[k]!, LEAST)) / temperature;
      most = Math.max(most, scaled[k]!);
    }
    for (let k = at; k < at + classes; k++) sum += scaled[k] = Math.exp(scaled[k]! - most);
    for (let k = at; k < at + classes; k++) scaled[k]! /= sum;
  }
  return scaled;
}

/** The slope of the cross-entropy, in 1 / T: what the model expects of its logits, less what is true. */
function slope(
  logits: Float64Array,
  truth: ArrayLike<number>,
  classes: number,
  inverse: number,
): number {
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const at = row * classes;
    let [most, sum, expected] = [-Infinity, 0, 0];
    for (let k = 0; k < classes; k++) most = Math.max(most, logits[at + k]!);
    for (let k = 0; k < classes; k++) {
      const weight = Math.exp(inverse * (logits[at + k]! - most));
      sum += weight;
      expected += weight * logits[at + k]!;
    }
    total += expected / sum - logits[at + truth[row]!]!;
  }
  return total / truth.length;
}
