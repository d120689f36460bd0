/** By what columns are ranked: how much their splits gained, or how many there are. */
export type ImportanceKind = 'gain' | 'splits';

/**
 * What each column is worth to trees, summing to 1; zeros where there are no splits.
 *
 * @param column the column that each node asks
 * @param child 0 where a node is a leaf
 * @param gain of each node's split
 */
export function importanceOf(
  kind: ImportanceKind,
  columns: number,
  { column, child, gain }: Splits,
): Float64Array {
  const worth = new Float64Array(columns);
  for (let node = 0; node < child.length; node++) {
    if (child[node] !== 0) worth[column[node]!]! += kind === 'gain' ? gain[node]! : 1;
  }
  const sum = worth.reduce((total, value) => total + value, 0);
  return sum > 0 ? worth.map((value) => value / sum) : worth;
}

/** Nodes of trees as arrays. */
export interface Splits {
  readonly column: ArrayLike<number>;
  readonly child: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
}
