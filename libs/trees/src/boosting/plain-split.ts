import { type BlockCodes, FOUND, HISTOGRAM, type Split } from './tree-kernels';

/** The histograms and best splits of two leaves by each block of columns, on one thread. */
export function splitPlainly({ codes, rows: total, blocks, bins }: BlockCodes, split: Split): void {
  const { small, large, limits, found } = split;
  for (let block = 0; block < blocks; block++) {
    const histogram = small.subarray(block * HISTOGRAM, (block + 1) * HISTOGRAM).fill(0);
    addRows(codes.subarray(block * total * 8, (block + 1) * total * 8), split, histogram);
    const at = block * 2 * FOUND.length;
    if (split.scansSmall) findSplit(block, histogram, bins, limits, 0, found, at);
    if (large === null) continue;
    const rest = large.subarray(block * HISTOGRAM, (block + 1) * HISTOGRAM);
    for (let i = 0; i < HISTOGRAM; i++) rest[i]! -= histogram[i]!;
    if (split.scansLarge) findSplit(block, rest, bins, limits, 2, found, at + FOUND.length);
  }
}

/** Adds each row's pair in its bin of each of the block's columns. */
function addRows(
  codes: Uint8Array,
  { rows, start, end, ordered }: Split,
  sums: Float64Array,
): void {
  for (let i = start, pair = 0; i < end; i++, pair += 2) {
    const row = rows[i]! * 8;
    const gradient = ordered[pair]!;
    const packed = ordered[pair + 1]!;
    const b0 = codes[row]! << 4;
    sums[b0]! += gradient;
    sums[b0 + 1]! += packed;
    const b1 = (codes[row + 1]! << 4) + 2;
    sums[b1]! += gradient;
    sums[b1 + 1]! += packed;
    const b2 = (codes[row + 2]! << 4) + 4;
    sums[b2]! += gradient;
    sums[b2 + 1]! += packed;
    const b3 = (codes[row + 3]! << 4) + 6;
    sums[b3]! += gradient;
    sums[b3 + 1]! += packed;
    const b4 = (codes[row + 4]! << 4) + 8;
    sums[b4]! += gradient;
    sums[b4 + 1]! += packed;
    const b5 = (codes[row + 5]! << 4) + 10;
    sums[b5]! += gradient;
    sums[b5 + 1]! += packed;
    const b6 = (codes[row + 6]! << 4) + 12;
    sums[b6]! += gradient;
    sums[b6 + 1]! += packed;
    const b7 = (codes[row + 7]! << 4) + 14;
    sums[b7]! += gradient;
    sums[b7 + 1]! += packed;
  }
}

/**
 * The best split of a leaf by a block's columns, the lowest column and bin of those that gain as much.
 *
 * @param of where the leaf's sums stand in the limits
 * @param at where what is found goes
 */
function findSplit(
  block: number,
  histogram: Float64Array,
  bins: Int32Array,
  limits: Float64Array,
  of: number,
  found: Float64Array,
  at: number,
): void {
  const gradient = limits[of]!;
  const packed = limits[of + 1]!;
  const perRow = limits[4]!;
  const leastRows = limits[5]!;
  const leastHessian = limits[6]!;
  const lambda = limits[7]!;
  const perPacked = 1 / perRow;
  const hessian = Math.floor(packed * perPacked);
  const mostRows = packed - hessian * perRow - leastRows;
  const mostHessian = hessian - leastHessian;
  found.fill(0, at, at + FOUND.length);
  found[at] = -Infinity;
  found[at + 1] = found[at + 2] = -1;
  for (let k = 0; k < 8; k++) {
    const last = bins[block * 8 + k]! - 1; // nothing lies above the last bin
    let g = 0;
    let c = 0;
    for (let bin = 0, i = 2 * k; bin < last; bin++, i += 16) {
      const here = histogram[i + 1]!;
      if (here === 0) continue; // a bin without rows splits as the one before
      g += histogram[i]!;
      c += here;
      const lower = Math.floor(c * perPacked);
      const rows = c - lower * perRow;
      if (rows < leastRows || lower < leastHessian) continue;
      if (rows > mostRows || lower > mostHessian) break;
      const rest = gradient - g;
      const gain = (g * g) / (lower + lambda) + (rest * rest) / (hessian - lower + lambda);
      if (!(gain > found[at])) continue;
      found[at] = gain;
      found[at + 1] = block * 8 + k;
      found[at + 2] = bin;
      found[at + 3] = g;
      found[at + 4] = c;
    }
  }
}
