import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { codeRows } from '../codes';
import type { Edges } from '../edges';
import { type LabelledRows, requireNumbers } from '../rows';
import { type BoostedTree, joinTrees } from './boosted-tree';
import { treesPerRound } from './booster';
import { addScores, softmaxRows } from './tree-scores';

/** Rows to train on, and rows that are asked after each round. */
export interface HeldOut {
  readonly train: LabelledRows;
  readonly held: LabelledRows;
}

/**
 * Holds a share of each class out, drawn by the seed; a class of few rows keeps at least one to train on. Where rows are
 * given in place of a share, all of the others are trained on.
 *
 * @throws InputError where no row is held out or given
 */
export function holdOut(data: LabelledRows, share: number | LabelledRows, seed: number): HeldOut {
  if (typeof share === 'object') {
    requireNumbers(share);
    if (share.rows === 0) {
      throw new InputError(
        'Cannot stop early by no rows; give some to ask, or a share to hold out.',
      );
    }
    return { train: data, held: share };
  }
  const random = new Random(seed, 'held out');
  const isHeld = new Uint8Array(data.rows);
  const all = Uint32Array.from({ length: data.rows }, (_, row) => row);
  for (let label = 0; label < data.classes; label++) {
    const rows = random.shuffle(all.filter((row) => data.labels[row] === label));
    const count = Math.min(Math.round(share * rows.length), rows.length - 1);
    for (let i = 0; i < count; i++) isHeld[rows[i]!] = 1;
  }
  if (!isHeld.includes(1)) {
    throw new InputError(
      `Cannot hold ${share} of ${data.rows} rows out for stopping early: that is none; give more rows or a larger share.`,
    );
  }
  return { train: some(data, isHeld, 0), held: some(data, isHeld, 1) };
}

/** The rows with a mark. */
function some(data: LabelledRows, marks: Uint8Array, mark: number): LabelledRows {
  const { columns } = data;
  const labels = data.labels.filter((_, row) => marks[row] === mark);
  const x = new Float32Array(labels.length * columns);
  let to = 0;
  for (let row = 0; row < data.rows; row++) {
    if (marks[row] !== mark) continue;
    x.set(data.x.subarray(row * columns, (row + 1) * columns), to);
    to += columns;
  }
  return { ...data, x, labels, rows: labels.length };
}

/** The log loss of rows that are held out, as rounds are added. */
export class HeldOutLoss {
  private readonly codes: Uint8Array;
  private readonly scores: Float64Array;
  private readonly probabilities: Float32Array;

  constructor(
    private readonly held: LabelledRows,
    edges: readonly Edges[],
    first: Float64Array,
  ) {
    this.codes = codeRows(held, edges);
    this.scores = new Float64Array(held.rows * held.classes).map(
      (_, i) => first[i % held.classes]!,
    );
    this.probabilities = new Float32Array(this.scores.length);
  }

  /** The mean log loss with another round's trees. */
  after(trees: readonly BoostedTree[]): number {
    const { labels, columns, classes, rows } = this.held;
    addScores(joinTrees(trees), this.codes, columns, this.scores, classes, treesPerRound(classes));
    softmaxRows(this.scores.slice(), classes, this.probabilities);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      sum -= Math.log(Math.max(this.probabilities[row * classes + labels[row]!]!, 1e-15));
    }
    return sum / rows;
  }
}
