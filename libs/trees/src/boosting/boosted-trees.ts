import { kernelHost } from '@botlab/engine';
import { codeRows } from '../codes';
import type { Edges } from '../edges';
import { type ImportanceKind, importanceOf } from '../importance';
import { requireNumbers } from '../rows';
import type { JoinedTrees } from './boosted-tree';
import { treesPerRound } from './booster';
import { TreeMasks } from './tree-masks';
import { addScores, softmaxRows } from './tree-scores';

/** Boosted trees as arrays. */
export interface BoostedTreesParts extends JoinedTrees {
  readonly classes: number;
  /** Of each column of the rows. */
  readonly edges: readonly Edges[];
  /** Where the scores of each class begin. */
  readonly first: Float64Array;
}

/** Rows that go through a tree before the next: their codes stay in the second cache. */
const BATCH = 512;
/** Rows from which on the compiled kernel, which takes 32 at a time, is faster than node by node. */
const WORTH_KERNEL = 8;

/** What boosting has fitted. */
export class BoostedTrees {
  private masks: TreeMasks | undefined;

  constructor(readonly parts: BoostedTreesParts) {}

  get columns(): number {
    return this.parts.edges.length;
  }

  get classes(): number {
    return this.parts.classes;
  }

  /** How large it is. */
  get facts(): { rounds: number; trees: number; nodes: number; leaves: number } {
    const { roots, child, classes } = this.parts;
    const trees = roots.length;
    // A split makes one leaf two.
    const leaves = (child.length + trees) / 2;
    return { rounds: trees / treesPerRound(classes), trees, nodes: child.length, leaves };
  }

  /**
   * The probability of each class, `[rows, classes]`, by the compiled kernels of the engine in use where it has some and
   * no tree has more leaves than they take, else node by node: the bits are the same.
   *
   * @param x row-major, `[rows, columns]`
   * @throws InputError when a value is not a finite number
   */
  predict(x: Float32Array): Float32Array {
    const { columns } = this;
    const rows = x.length / columns;
    requireNumbers({ x, rows, columns });
    const host = rows < WORTH_KERNEL ? undefined : kernelHost();
    if (host !== undefined) {
      this.masks ??= new TreeMasks(this.parts);
      if (this.masks.fit(host)) return this.masks.predict(host, x, rows);
    }
    return this.predictByNodes(x, rows);
  }

  /** What each column is worth, summing to 1: by what its splits gain (`gain`), or by how many they are. */
  importance(kind: ImportanceKind): Float64Array {
    return importanceOf(kind, this.columns, this.parts);
  }

  private predictByNodes(x: Float32Array, rows: number): Float32Array {
    const { columns, classes, parts } = this;
    const out = new Float32Array(rows * classes);
    for (let start = 0; start < rows; start += BATCH) {
      const count = Math.min(BATCH, rows - start);
      const own = x.subarray(start * columns, (start + count) * columns);
      const codes = codeRows({ x: own, rows: count, columns }, parts.edges);
      const scores = new Float64Array(count * classes).map((_, i) => parts.first[i % classes]!);
      addScores(parts, codes, columns, scores, classes, treesPerRound(classes));
      softmaxRows(scores, classes, out.subarray(start * classes, (start + count) * classes));
    }
    return out;
  }
}
