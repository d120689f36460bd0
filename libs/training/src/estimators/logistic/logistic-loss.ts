import { BLOCK, forEachBlock } from './linear-scores';

/** The rows that a logistic regression is fitted to. */
export interface LogisticRows {
  /** `[rows, width − 1]` */
  readonly x: Float32Array;
  /** `[rows]` from 0; each class occurs. */
  readonly y: Uint8Array;
  readonly classes: number;
  readonly width: number;
}

/**
 * Mean cross-entropy of linear scores, with half of `penalty` times the squares of all weights but the intercepts.
 * Two classes have one function, the log-odds of the second, as scikit-learn has it; more have one each.
 *
 * @param weights `[functions, width]`
 * @param gradient is overwritten
 */
export function logisticLoss(
  { x, y, classes, width }: LogisticRows,
  penalty: number,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const functions = weights.length / width;
  const apart = classes - functions; // the classes whose score is 0
  const errors = new Float64Array(functions * BLOCK);
  let loss = 0;
  gradient.fill(0);
  forEachBlock(x, weights, width, (first, rows, values, scores) => {
    errors.fill(0);
    for (let row = 0; row < rows; row++) {
      const label = y[first + row]! - apart;
      let most = apart > 0 ? 0 : -Infinity;
      for (let k = 0; k < functions; k++) most = Math.max(most, scores[k * BLOCK + row]!);
      let sum = apart > 0 ? Math.exp(-most) : 0;
      for (let k = 0; k < functions; k++) {
        const share = Math.exp(scores[k * BLOCK + row]! - most);
        errors[k * BLOCK + row] = share;
        sum += share;
      }
      for (let k = 0; k < functions; k++) errors[k * BLOCK + row]! /= sum;
      const own = label < 0 ? 0 : scores[label * BLOCK + row]!;
      loss += most + Math.log(sum) - own;
      if (label >= 0) errors[label * BLOCK + row]! -= 1;
    }
    for (let k = 0; k < functions; k++) {
      const a = errors[k * BLOCK]!;
      const b = errors[k * BLOCK + 1]!;
      const c = errors[k * BLOCK + 2]!;
      const d = errors[k * BLOCK + 3]!;
      const start = k * width;
      for (let f = 0; f < width; f++) {
        gradient[start + f]! +=
          a * values[f]! +
          b * values[width + f]! +
          c * values[2 * width + f]! +
          d * values[3 * width + f]!;
      }
    }
  });
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    gradient[i]! /= y.length;
    if ((i + 1) % width === 0) continue; // an intercept
    squares += weights[i]! ** 2;
    gradient[i]! += penalty * weights[i]!;
  }
  return loss / y.length + (penalty / 2) * squares;
}
