import type { Predictions } from '../../evaluation';
import { BLOCK, forEachBlock } from './linear-scores';
import type { LogisticWeights } from './logistic-fit';

/** Rows between two moments at which a signal is let in. */
const CHUNK = 16 * 1024;

/** Log-probabilities of rows `x` `[rows, features]`, computed in float64. */
export async function predictLogistic(
  { weights, present, absent }: LogisticWeights,
  x: Float32Array,
): Promise<Predictions> {
  const classes = present.length;
  const width = weights.length / classes;
  const rows = x.length / (width - 1);
  const logits = new Float32Array(rows * classes);
  const labels = new Uint8Array(rows);
  const missing = present.reduce((count, occurs) => count + (occurs ? 0 : 1), 0);
  const rest = Math.log1p(-missing * Math.exp(absent[0]!));
  for (let start = 0; start < rows; start += CHUNK) {
    const chunk = x.subarray(start * (width - 1), (start + CHUNK) * (width - 1));
    forEachBlock(chunk, weights, width, (first, count, _, scores) => {
      for (let row = 0; row < count; row++) {
        const place = start + first + row;
        const all = logSum(scores, present, row);
        let best = -1;
        for (let c = 0; c < classes; c++) {
          const i = place * classes + c;
          logits[i] = present[c] ? scores[c * BLOCK + row]! - all + rest : absent[0]!;
          if (best < 0 || logits[i] > logits[place * classes + best]!) best = c;
        }
        labels[place] = best;
      }
    });
    await new Promise(setImmediate);
  }
  return { logits, labels };
}

/** log Σ exp of a row's scores of the classes that occur, without overflow. */
function logSum(scores: Float64Array, present: Uint8Array, row: number): number {
  let most = -Infinity;
  present.forEach((occurs, c) => {
    if (occurs) most = Math.max(most, scores[c * BLOCK + row]!);
  });
  let sum = 0;
  present.forEach((occurs, c) => {
    if (occurs) sum += Math.exp(scores[c * BLOCK + row]! - most);
  });
  return most + Math.log(sum);
}
