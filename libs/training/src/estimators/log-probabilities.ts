import type { Predictions } from '../evaluation';

/** Of so many answers one is drawn from all classes alike: the share of doubt that no count of rows rules out. */
const DOUBT = 0.001;

/**
 * Probabilities as log-probabilities, all of them finite: p becomes (1 - d) p + d / classes with d = 0.001, which
 * changes neither the order of the classes nor that of rows.
 *
 * @param shares `[rows, classes]` probabilities, some of which may be 0
 */
export function logProbabilities(shares: Float32Array, classes: number): Predictions {
  const floor = DOUBT / classes;
  const labels = new Uint8Array(shares.length / classes);
  const logits = shares.map((share) => Math.log((1 - DOUBT) * share + floor));
  for (let row = 0; row < labels.length; row++) {
    for (let c = 1; c < classes; c++) {
      if (shares[row * classes + c]! > shares[row * classes + labels[row]!]!) labels[row] = c;
    }
  }
  return { logits, labels };
}
