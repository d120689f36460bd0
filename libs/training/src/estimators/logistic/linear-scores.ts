/** Rows that are multiplied together: each weight is read once for all of them. */
export const BLOCK = 4;

/**
 * Scores of rows under linear functions of their columns, block by block: `onBlock` gets the first row, how many rows
 * there are, their values `[BLOCK, width]` with a 1 behind the columns of each, and the scores `[functions, BLOCK]`.
 *
 * @param x `[rows, width − 1]`
 * @param weights `[functions, width]`, the intercept last
 */
export function forEachBlock(
  x: Float32Array,
  weights: Float64Array,
  width: number,
  onBlock: (first: number, rows: number, values: Float64Array, scores: Float64Array) => void,
): void {
  const features = width - 1;
  const total = x.length / features;
  const functions = weights.length / width;
  const values = new Float64Array(BLOCK * width);
  const scores = new Float64Array(functions * BLOCK);
  for (let row = 0; row < BLOCK; row++) values[row * width + features] = 1;
  for (let first = 0; first < total; first += BLOCK) {
    const rows = Math.min(BLOCK, total - first);
    for (let row = 0; row < rows; row++) {
      const start = (first + row) * features;
      for (let f = 0; f < features; f++) values[row * width + f] = x[start + f]!;
    }
    for (let k = 0; k < functions; k++) {
      let [a, b, c, d] = [0, 0, 0, 0];
      const start = k * width;
      for (let f = 0; f < width; f++) {
        const weight = weights[start + f]!;
        a += weight * values[f]!;
        b += weight * values[width + f]!;
        c += weight * values[2 * width + f]!;
        d += weight * values[3 * width + f]!;
      }
      scores[k * BLOCK] = a;
      scores[k * BLOCK + 1] = b;
      scores[k * BLOCK + 2] = c;
      scores[k * BLOCK + 3] = d;
    }
    onBlock(first, rows, values, scores);
  }
}
