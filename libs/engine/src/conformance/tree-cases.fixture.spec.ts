/** Whole numbers from 0 to below `most`, the same each time. */
export function numbers(count: number, most: number, seed = 1): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  });
}

/** What splits keep to: a packed number is a hessian times 512, and the rows. */
export const LIMITS = { perRow: 512, leastRows: 3, leastHessian: 50, lambda: 2.5 };

/** Gradients and packed hessians of rows. */
export function somePairs(rows: number): number[] {
  const gradients = numbers(rows, 2001, 2);
  return numbers(rows, 100, 3).flatMap((n, i) => [
    gradients[i]! - 1000,
    (n + 1) * LIMITS.perRow + 1,
  ]);
}

/** Codes of rows in blocks of 8 columns, and how many bins each column has. */
export interface TreeData {
  readonly codes: Uint8Array;
  readonly total: number;
  readonly blocks: number;
  readonly bins: Int32Array;
}

interface Leaf {
  readonly gradient: number;
  readonly packed: number;
}

/** What some rows' pairs add up to. */
export function leafOf(rows: Iterable<number>, pairs: readonly number[]): Leaf {
  let [gradient, packed] = [0, 0];
  for (const row of rows) {
    gradient += pairs[2 * row]!;
    packed += pairs[2 * row + 1]!;
  }
  return { gradient, packed };
}

function codeOf({ codes, total }: TreeData, row: number, column: number): number {
  return codes[Math.floor(column / 8) * total * 8 + row * 8 + (column % 8)]!;
}

/** A histogram `[block, bin, column of the block, 2]`, number by number. */
export function histogramOf(
  data: TreeData,
  rows: Iterable<number>,
  pairs: readonly number[],
): Float64Array {
  const histogram = new Float64Array(data.blocks * 4096);
  for (const row of rows) {
    for (let column = 0; column < data.blocks * 8; column++) {
      const bin = codeOf(data, row, column);
      const at = Math.floor(column / 8) * 4096 + bin * 16 + (column % 8) * 2;
      histogram[at]! += pairs[2 * row]!;
      histogram[at + 1]! += pairs[2 * row + 1]!;
    }
  }
  return histogram;
}

/** The best split of some rows by a block's columns, by trying each on the rows themselves. */
export function bestSplit(
  data: TreeData,
  rows: Iterable<number>,
  pairs: readonly number[],
  block: number,
): Record<string, number> {
  const { perRow, leastRows, leastHessian, lambda } = LIMITS;
  const all = [...rows];
  let best = { gain: -Infinity, column: -1, bin: -1, lowerGradient: 0, lowerPacked: 0 };
  for (let column = 8 * block; column < 8 * block + 8; column++) {
    for (let bin = 0; bin < data.bins[column]! - 1; bin++) {
      const isLower = (row: number): boolean => codeOf(data, row, column) <= bin;
      const sides = [all.filter(isLower), all.filter((row) => !isLower(row))];
      const [lower, upper] = sides.map((side) => leafOf(side, pairs)) as [Leaf, Leaf];
      const hessians = [lower, upper].map(({ packed }) => Math.floor(packed / perRow));
      if (sides.some((side) => side.length < leastRows)) continue;
      if (hessians.some((hessian) => hessian < leastHessian)) continue;
      const gain =
        lower.gradient ** 2 / (hessians[0]! + lambda) +
        upper.gradient ** 2 / (hessians[1]! + lambda);
      if (!(gain > best.gain)) continue;
      best = { gain, column, bin, lowerGradient: lower.gradient, lowerPacked: lower.packed };
    }
  }
  return best;
}

/** A tree as `treePredict` takes it, and what it says of a row by itself. */
export interface MaskedTree {
  readonly tests: readonly number[];
  readonly remaining: readonly number[];
  /** The leaves' values, with zeros up to 32. */
  readonly padded: readonly number[];
  valueOf(row: Float32Array, edges: Float32Array): number;
}

interface Node {
  readonly column: number;
  readonly bin: number;
  readonly lower: Node | number;
  readonly upper: Node | number;
}

/** A tree of so many leaves, which are numbered from the left. */
export function someTree(leaves: number, columns: number, seed: number): MaskedTree {
  const random = numbers(4 * leaves, 2 ** 20, seed + 1);
  const padded = Array.from({ length: 32 }, (_, i) =>
    i < leaves ? random[i]! / 2 ** 20 - 0.5 : 0,
  );
  const tests: number[] = [];
  const remaining: number[] = [];
  let next = leaves;
  const grow = (first: number, end: number): Node | number => {
    if (end - first === 1) return first;
    const middle = first + 1 + (random[next++]! % (end - first - 1));
    const [column, bin] = [random[next++]! % columns, random[next++]! % 254];
    tests.push(column * 256 + bin);
    let lost = 0;
    for (let leaf = first; leaf < middle; leaf++) lost |= 1 << leaf;
    remaining.push(~lost);
    return { column, bin, lower: grow(first, middle), upper: grow(middle, end) };
  };
  const root = grow(0, leaves);
  return {
    tests,
    remaining,
    padded,
    valueOf(row, edges) {
      let at = root;
      while (typeof at !== 'number') {
        at = row[at.column]! > edges[255 * at.column + at.bin]! ? at.upper : at.lower;
      }
      return padded[at]!;
    },
  };
}
