import type { LogisticRows } from './logistic-loss';

/** Rows that are looked at, evenly over all. */
const MOST_ROWS = 20_000;
/** Added to the diagonal: columns that follow from each other leave it invertible. */
const DAMPING = 0.01;

/**
 * Divides by an estimate of the Hessian of the logistic loss: half the columns' second moments, which no class's
 * own block exceeds (Böhning 1992). Columns of flows follow nearly from each other, which takes the search
 * many more iterations without this.
 *
 * @returns a function that solves for each `width` values of a vector, in place
 */
export function curvatureOf(
  { x, width }: Pick<LogisticRows, 'x' | 'width'>,
  penalty: number,
): (vector: Float64Array) => void {
  const lower = cholesky(moments(x, width, penalty), width);
  return (vector) => {
    for (let start = 0; start < vector.length; start += width) solve(lower, width, vector, start);
  };
}

function moments(x: Float32Array, width: number, penalty: number): Float64Array {
  const features = width - 1;
  const rows = x.length / features;
  const stride = Math.ceil(rows / MOST_ROWS);
  const sums = new Float64Array(width * width);
  const values = new Float64Array(width).fill(1);
  let seen = 0;
  for (let row = 0; row < rows; row += stride) {
    for (let f = 0; f < features; f++) values[f] = x[row * features + f]!;
    for (let i = 0; i < width; i++) {
      const value = values[i]!;
      for (let j = 0; j <= i; j++) sums[i * width + j]! += value * values[j]!;
    }
    seen += 1;
  }
  const half = sums.map((sum) => sum / (2 * seen));
  for (let i = 0; i < width; i++) half[i * width + i]! += penalty + DAMPING;
  return half;
}

/** The lower triangle L with L Lᵀ as the matrix, of which the lower triangle is read and overwritten. */
function cholesky(matrix: Float64Array, width: number): Float64Array {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * width + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * width + k]! * matrix[j * width + k]!;
      matrix[i * width + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * width + j]!;
    }
  }
  return matrix;
}

/** Solves L Lᵀ v = b for the `width` values from `start`, in place. */
function solve(lower: Float64Array, width: number, vector: Float64Array, start: number): void {
  for (let i = 0; i < width; i++) {
    let sum = vector[start + i]!;
    for (let j = 0; j < i; j++) sum -= lower[i * width + j]! * vector[start + j]!;
    vector[start + i] = sum / lower[i * width + i]!;
  }
  for (let i = width - 1; i >= 0; i--) {
    let sum = vector[start + i]!;
    for (let j = i + 1; j < width; j++) sum -= lower[j * width + i]! * vector[start + j]!;
    vector[start + i] = sum / lower[i * width + i]!;
  }
}
