import { exponentialUpTo0 } from './exponential';

/** The nodes of trees one after the other. */
export interface Nodes {
  readonly roots: ArrayLike<number>;
  readonly column: ArrayLike<number>;
  readonly bin: ArrayLike<number>;
  readonly child: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

/**
 * Adds to the scores of rows what trees say, node by node; the trees belong to the last classes in turn, `perRound` of
 * them.
 *
 * @param codes `[rows, columns]`
 * @param scores `[rows, classes]`
 */
export function addScores(
  { roots, column, bin, child, value }: Nodes,
  codes: Uint8Array,
  columns: number,
  scores: Float64Array,
  classes: number,
  perRound: number,
): void {
  const rows = codes.length / columns;
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    let to = classes - perRound + (tree % perRound);
    for (let row = 0, at = 0; row < rows; row++, at += columns, to += classes) {
      let node = root;
      for (let next = child[node]!; next !== 0; next = child[node]!) {
        node = codes[at + column[node]!]! > bin[node]! ? next + 1 : next;
      }
      scores[to]! += value[node]!;
    }
  }
}

/** Probabilities of scores `[rows, classes]`, which are lost. */
export function softmaxRows(scores: Float64Array, classes: number, into: Float32Array): void {
  for (let at = 0; at < scores.length; at += classes) {
    let most = -Infinity;
    for (let k = at; k < at + classes; k++) most = Math.max(most, scores[k]!);
    let sum = 0;
    for (let k = at; k < at + classes; k++) {
      sum += scores[k] = exponentialUpTo0(scores[k]! - most);
    }
    for (let k = at; k < at + classes; k++) into[k] = scores[k]! / sum;
  }
}
