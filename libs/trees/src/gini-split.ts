import { type Leaf, TAG_BITS } from './leaf';

/** Up to so many rows are sorted by their bins; more are counted in each bin. */
const FEW = 24;
const CLASS = (1 << TAG_BITS) - 1;
/** Bits of a sorted key below the bin: the tag, whose weight is a byte. */
const KEY_BITS = TAG_BITS + 8;

/**
 * The best split of a leaf by Gini impurity (Breiman et al. 1984). Impurity times rows is n - s / n, where s sums the
 * squared counts of the classes: so the best split has the greatest s / n of its left part plus that of its
 * right one. Counts are whole numbers, hence exact; of equal splits the first found stays.
 */
export class GiniSplit {
  /** s / n of both parts, of the best split so far; -1 where none is. */
  score = -1;
  column = -1;
  /** The last bin that goes left. */
  bin = 0;

  private readonly counts: Int32Array; // [bin, class], classes padded to a power of 2
  private readonly shift: number;
  private readonly occupied = new Int32Array(8); // a bit a bin
  private readonly left = new Float64Array(1 << TAG_BITS);
  private readonly right = new Float64Array(1 << TAG_BITS);
  private readonly keys = new Int32Array(FEW);

  /**
   * @param codes the bins of rows, `[columns, rows]`
   * @param rows how many rows there are
   * @param leastRows how many each part must have
   */
  constructor(
    private readonly codes: Uint8Array,
    private readonly rows: number,
    classes: number,
    private readonly leastRows: number,
  ) {
    this.shift = Math.ceil(Math.log2(classes));
    this.counts = new Int32Array(256 << this.shift);
  }

  /** Forgets the best split. */
  clear(): void {
    this.score = -1;
    this.column = -1;
  }

  /** Tries all splits of a leaf on a column; false where all its rows are in one bin. */
  try(column: number, leaf: Leaf): boolean {
    this.left.fill(0);
    this.right.set(leaf.counts);
    return leaf.end - leaf.start <= FEW ? this.trySorted(column, leaf) : this.tryBins(column, leaf);
  }

  private trySorted(column: number, { rows, tags, start, end, total, squares }: Leaf): boolean {
    const { codes, keys, left, right, leastRows } = this;
    const at = column * this.rows;
    const n = end - start;
    for (let i = 0; i < n; i++) {
      const key = (codes[at + rows[start + i]!]! << KEY_BITS) | tags[start + i]!;
      let j = i;
      for (; j > 0 && keys[j - 1]! > key; j--) keys[j] = keys[j - 1]!;
      keys[j] = key;
    }
    if (keys[0]! >> KEY_BITS === keys[n - 1]! >> KEY_BITS) return false;
    let leftSquares = 0;
    let rightSquares = squares;
    let leftRows = 0;
    let best = this.score;
    let bestBin = -1;
    for (let i = 0; i < n - 1; i++) {
      const key = keys[i]!;
      const k = key & CLASS;
      const weight = (key >> TAG_BITS) & 255;
      leftSquares += weight * (2 * left[k]! + weight);
      left[k]! += weight;
      rightSquares -= weight * (2 * right[k]! - weight);
      right[k]! -= weight;
      leftRows += weight;
      const bin = key >> KEY_BITS;
      if (keys[i + 1]! >> KEY_BITS === bin) continue;
      if (leftRows < leastRows || total - leftRows < leastRows) continue;
      const score = leftSquares / leftRows + rightSquares / (total - leftRows);
      if (score > best) {
        best = score;
        bestBin = bin;
      }
    }
    this.keep(best, column, bestBin);
    return true;
  }

  private tryBins(column: number, leaf: Leaf): boolean {
    const { rows, tags, start, end, total, squares, present, kinds } = leaf;
    const { codes, counts, shift, occupied, left, right, leastRows } = this;
    const at = column * this.rows;
    for (let i = start; i < end; i++) {
      const bin = codes[at + rows[i]!]!;
      const tag = tags[i]!;
      counts[(bin << shift) | (tag & CLASS)]! += tag >> TAG_BITS;
      occupied[bin >> 5]! |= 1 << (bin & 31);
    }
    let leftSquares = 0;
    let rightSquares = squares;
    let leftRows = 0;
    let bins = 0;
    let best = this.score;
    let bestBin = -1;
    for (let word = 0; word < 8; word++) {
      let bits = occupied[word]!;
      occupied[word] = 0;
      while (bits !== 0) {
        const lowest = bits & -bits;
        bits ^= lowest;
        const bin = (word << 5) + 31 - Math.clz32(lowest);
        bins++;
        for (let i = 0; i < kinds; i++) {
          const k = present[i]!;
          const of = (bin << shift) | k;
          const weight = counts[of]!;
          if (weight === 0) continue;
          counts[of] = 0;
          leftSquares += weight * (2 * left[k]! + weight);
          left[k]! += weight;
          rightSquares -= weight * (2 * right[k]! - weight);
          right[k]! -= weight;
          leftRows += weight;
        }
        if (leftRows === total || leftRows < leastRows || total - leftRows < leastRows) continue;
        const score = leftSquares / leftRows + rightSquares / (total - leftRows);
        if (score > best) {
          best = score;
          bestBin = bin;
        }
      }
    }
    this.keep(best, column, bestBin);
    return bins > 1;
  }

  /** Keeps a better split; bin -1 is none. */
  private keep(score: number, column: number, bin: number): void {
    if (bin < 0) return;
    this.score = score;
    this.column = column;
    this.bin = bin;
  }
}
