/** A leaf of a tree that grows: its rows' range and sums, and where it is best split. */
export class GrowingLeaf {
  /** How much its best split gains; −∞ where there is none. */
  gain = -Infinity;
  column = -1;
  bin = -1;
  lowerGradient = 0;
  lowerPacked = 0;
  /** Of its rows; null where it is split no more. */
  histogram: Float64Array | null = null;

  /**
   * @param node its place in the tree
   * @param start where its rows begin, which end before `end`
   */
  constructor(
    readonly node: number,
    readonly start: number,
    readonly end: number,
    readonly gradient: number,
    readonly packed: number,
  ) {}

  get size(): number {
    return this.end - this.start;
  }
}
