import { kernelHost } from '@botlab/engine';
import { codeRows } from '../codes';
import type { Edges } from '../edges';
import { type ImportanceKind, importanceOf } from '../importance';
import { MOST_CLASSES, requireNumbers } from '../rows';
import { type Saved, type SavedArrays, savedEdges, type SavedParts } from '../saved-arrays';
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
export class BoostedTrees implements Saved {
  readonly kind = 'boosting';
  private masks: TreeMasks | undefined;

  constructor(readonly parts: BoostedTreesParts) {}

  /** What a file holds. @throws InputError when it is not as {@link saved} made it */
  static from(saved: SavedArrays): BoostedTrees {
    const parts = {
      classes: saved.number('classes'),
      edges: saved.edges(),
      first: saved.array('first', Float64Array),
      value: saved.array('value', Float64Array),
      gain: saved.array('gain', Float64Array),
      roots: saved.array('roots', Int32Array),
      column: saved.array('column', Int32Array),
      child: saved.array('child', Int32Array),
      bin: saved.array('bin', Uint8Array),
    };
    saved.requireNodes(parts, parts.edges.length);
    saved.require(isWhole(parts), 'its trees are not those of its classes');
    return new BoostedTrees(parts);
  }

  /** All there is to it, to be saved. */
  saved(): SavedParts {
    const { classes, edges, first, value, gain, roots, column, child, bin } = this.parts;
    return {
      ...{ kind: this.kind, numbers: { classes } },
      arrays: { ...savedEdges(edges), first, value, gain, roots, column, child, bin },
    };
  }

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
   * The probability of each class, `[rows, classes]`, by compiled kernels where the engine in use has or is lent some and
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

/** Whether there is all that the classes' trees have, and each node is a root or one node's child. */
function isWhole({ classes, first, roots, child, value, gain, bin }: BoostedTreesParts): boolean {
  if (!(Number.isInteger(classes) && classes >= 2 && classes <= MOST_CLASSES)) return false;
  const lengths = [value, gain, bin].every(({ length }) => length === child.length);
  if (!lengths || first.length !== classes || roots.length % treesPerRound(classes) !== 0) {
    return false;
  }
  const parents = new Uint8Array(child.length);
  for (const root of roots) parents[root]! += 1;
  return roots.every((root, tree) => {
    const end = roots[tree + 1] ?? child.length;
    for (let node = root; node < end; node++) {
      const lower = child[node]!;
      if (lower === 0) continue;
      parents[lower]! += 1;
      parents[lower + 1]! += 1;
    }
    return parents.subarray(root, end).every((count) => count === 1);
  });
}
