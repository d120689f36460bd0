/** What trees whose leaves answer with classes say of rows. */
export interface ClassWalk {
  /**
   * Adds each tree's answer for rows, tree after tree.
   *
   * @param x finite numbers, `[rows, columns]`
   * @param sums `[rows, classes]`
   */
  add(x: Float32Array, rows: number, sums: Float64Array): void;
}

/** What leaves answer. */
export interface LeafAnswers {
  readonly classes: number;
  /** Of a leaf: its class, or -1 less its place in `shares`. */
  readonly answer: Int32Array;
  /** `[leaf, class]` */
  readonly shares: Float32Array;
}

/** Adds a leaf's answer to the sums of a row, which begin at `to`. */
export function addLeaf(leaves: LeafAnswers, node: number, sums: Float64Array, to: number): void {
  const { answer, shares, classes } = leaves;
  const of = answer[node]!;
  if (of >= 0) {
    sums[to + of]! += 1;
    return;
  }
  const from = (-1 - of) * classes;
  for (let k = 0; k < classes; k++) sums[to + k]! += shares[from + k]!;
}
