import type { Predictions } from '../evaluation';

/** The share of answers that might as well be any class: what no count of rows rules out. */
const DOUBT = 0.001;

/**
 * Probabilities as log-probabilities, all of them finite: p becomes (1 - d) p + d / classes, which
 * changes neither the order of the classes nor that of rows.
 *
 * @param shares `[rows, classes]` probabilities, some of which may be 0
 * @param doubt d, 0.001 where left out; of probabilities that were fitted as such hardly any
 */
export function logProbabilities(
  shares: Float32Array,
  classes: number,
  doubt = DOUBT,
): Predictions {
  const floor = doubt / classes;
  const labels = new Uint8Array(shares.length / classes);
  const logits = shares.map((share) => Math.log((1 - doubt) * share + floor));
  for (let row = 0; row < labels.length; row++) {
    for (let c = 1; c < classes; c++) {
      if (shares[row * classes + c]! > shares[row * classes + labels[row]!]!) labels[row] = c;
    }
  }
  return { logits, labels };
}
