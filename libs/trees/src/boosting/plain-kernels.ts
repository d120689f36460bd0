import { exponentialUpTo0 } from './exponential';
import { splitPlainly } from './plain-split';
import type { BlockCodes, GradientScale, TreeKernels, TreeMemory } from './tree-kernels';

const memory: TreeMemory = {
  float64: (length) => new Float64Array(length),
  float32: (length) => new Float32Array(length),
  int32: (length) => new Int32Array(length),
  uint8: (length) => new Uint8Array(length),
  free: () => undefined,
};

/** The arithmetic of boosting in plain TypeScript on one core: runs anywhere, and what the compiled one is tested by. */
export const plainKernels: TreeKernels = {
  memory,
  split: splitPlainly,
  order(rows, start, end, pairs, ordered) {
    for (let i = start, to = 0; i < end; i++, to += 2) {
      const row = rows[i]!;
      ordered[to] = pairs[2 * row]!;
      ordered[to + 1] = pairs[2 * row + 1]!;
    }
  },
  part({ codes, rows: total }: BlockCodes, column, bin, rows, start, end, spare) {
    const at = Math.floor(column / 8) * total * 8 + (column % 8);
    let lower = start;
    let upper = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      if (codes[at + row * 8]! > bin) spare[upper++] = row;
      else rows[lower++] = row;
    }
    rows.set(spare.subarray(0, upper), lower);
    return lower;
  },
  softmax(scores, rows, classes, probabilities) {
    const powers = new Float64Array(classes);
    for (let row = 0; row < rows; row++) {
      let most = -Infinity;
      for (let k = 0; k < classes; k++) most = Math.max(most, scores[k * rows + row]!);
      let sum = 0;
      for (let k = 0; k < classes; k++) {
        sum += powers[k] = exponentialUpTo0(scores[k * rows + row]! - most);
      }
      for (let k = 0; k < classes; k++) probabilities[k * rows + row] = powers[k]! / sum;
    }
  },
  gradients(probabilities, labels, { label, factor, units }: GradientScale, pairs, sums) {
    const [perGradient, perHessian] = [1 / units.gradient, 1 / units.hessian];
    sums[0] = sums[1] = 0;
    for (let row = 0; row < labels.length; row++) {
      const p = probabilities[row]!;
      const own = labels[row] === label ? 1 : 0;
      const gradient = Math.floor((p - own) * perGradient + 0.5);
      const hessian = Math.floor(p * (1 - p) * factor * perHessian + 0.5);
      const packed = Math.max(hessian, 1) * units.perRow + 1;
      pairs[2 * row] = gradient;
      pairs[2 * row + 1] = packed;
      sums[0] += gradient;
      sums[1] += packed;
    }
  },
  add(rows, start, end, value, scores) {
    for (let i = start; i < end; i++) scores[rows[i]!]! += value;
  },
  dispose: () => undefined,
};
