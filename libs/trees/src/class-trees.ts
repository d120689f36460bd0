import type { ClassTree } from './class-tree';
import type { ClassWalk } from './class-walk';
import { CodedWalk } from './coded-walk';
import type { Edges } from './edges';
import { type ImportanceKind, importanceOf } from './importance';
import { MOST_CLASSES, requireNumbers } from './rows';
import { type Saved, type SavedArrays, savedEdges, type SavedParts } from './saved-arrays';
import { ThresholdWalk } from './threshold-walk';

/** A tree or a forest as arrays: the nodes of all trees one after the other. */
export interface ClassTreesParts {
  readonly kind: 'tree' | 'forest';
  readonly classes: number;
  /** Of each column of the rows. */
  readonly edges: readonly Edges[];
  /** The root of each tree. */
  readonly roots: Int32Array;
  readonly column: Int32Array;
  readonly bin: Uint8Array;
  /** The left child, which the right one follows; 0 of a leaf. */
  readonly child: Int32Array;
  readonly gain: Float64Array;
  /** Of a leaf: its class, or -1 less its place in `shares`. */
  readonly answer: Int32Array;
  /** `[leaf, class]` */
  readonly shares: Float32Array;
  /** Of the deepest tree. */
  readonly depth: number;
}

/** Rows that go through a tree before the next: their codes stay in the second cache. */
const BATCH = 512;
/** With so many columns for each tree, or more, values are compared themselves: to bin all of them takes longer. */
const COLUMNS_A_TREE = 2;

/** A classification tree, or a forest of them that answers with the mean of their leaves. */
export class ClassTrees implements Saved {
  private walk: ClassWalk | undefined;

  constructor(readonly parts: ClassTreesParts) {}

  /** Joins trees that were grown on rows with these edges. */
  static join(
    kind: 'tree' | 'forest',
    trees: readonly ClassTree[],
    { edges, classes }: { readonly edges: readonly Edges[]; readonly classes: number },
  ): ClassTrees {
    const roots = startsOf(trees.map(({ child }) => child.length));
    const leaves = startsOf(trees.map(({ shares }) => shares.length / classes));
    const total = trees.reduce((sum, { child }) => sum + child.length, 0);
    const mixed = trees.reduce((sum, { shares }) => sum + shares.length, 0);
    const parts = {
      ...{ kind, classes, edges, roots },
      column: new Int32Array(total),
      bin: new Uint8Array(total),
      child: new Int32Array(total),
      gain: new Float64Array(total),
      answer: new Int32Array(total),
      shares: new Float32Array(mixed),
      depth: trees.reduce((most, { depth }) => Math.max(most, depth), 0),
    };
    trees.forEach(({ column, bin, child, gain, answer, shares }, t) => {
      const [root, leaf] = [roots[t]!, leaves[t]!];
      parts.column.set(column, root);
      parts.bin.set(bin, root);
      parts.gain.set(gain, root);
      parts.shares.set(shares, leaf * classes);
      const inAll = child.map((at) => (at === 0 ? 0 : at + root));
      parts.child.set(inAll, root);
      const placed = answer.map((of) => (of < 0 ? of - leaf : of));
      parts.answer.set(placed, root);
    });
    return new ClassTrees(parts);
  }

  /** What a file holds. @throws InputError when it is not as {@link saved} made it */
  static from(saved: SavedArrays): ClassTrees {
    const parts = {
      kind: saved.kind === 'tree' ? ('tree' as const) : ('forest' as const),
      classes: saved.number('classes'),
      depth: saved.number('depth'),
      edges: saved.edges(),
      roots: saved.array('roots', Int32Array),
      column: saved.array('column', Int32Array),
      bin: saved.array('bin', Uint8Array),
      child: saved.array('child', Int32Array),
      gain: saved.array('gain', Float64Array),
      answer: saved.array('answer', Int32Array),
      shares: saved.array('shares', Float32Array),
    };
    saved.requireNodes(parts, parts.edges.length);
    saved.require(isWhole(parts), 'its leaves are not those of its classes');
    return new ClassTrees(parts);
  }

  /** All there is to it, to be saved. */
  saved(): SavedParts {
    const { kind, classes, depth, edges, roots, column, bin, child, gain, answer, shares } =
      this.parts;
    return {
      ...{ kind, numbers: { classes, depth } },
      arrays: { ...savedEdges(edges), gain, roots, column, child, answer, shares, bin },
    };
  }

  get kind(): 'tree' | 'forest' {
    return this.parts.kind;
  }

  get columns(): number {
    return this.parts.edges.length;
  }

  get classes(): number {
    return this.parts.classes;
  }

  /** How large it is. */
  get facts(): { trees: number; nodes: number; leaves: number; depth: number } {
    const { roots, child, depth } = this.parts;
    // A split makes one leaf two.
    const leaves = (child.length + roots.length) / 2;
    return { trees: roots.length, nodes: child.length, leaves, depth };
  }

  /**
   * The probability of each class, `[rows, classes]`: the mean over trees of the shares in the leaf that a row ends in.
   *
   * @param x row-major, `[rows, columns]`
   * @throws InputError when a value is not a finite number
   */
  predict(x: Float32Array): Float32Array {
    const { columns, classes } = this;
    const rows = x.length / columns;
    requireNumbers({ x, rows, columns });
    this.walk ??= walkFor(this.parts);
    const out = new Float32Array(rows * classes);
    const sums = new Float64Array(Math.min(BATCH, rows) * classes);
    for (let first = 0; first < rows; first += BATCH) {
      const n = Math.min(BATCH, rows - first);
      sums.fill(0);
      this.walk.add(x.subarray(first * columns, (first + n) * columns), n, sums);
      for (let i = 0; i < n * classes; i++) {
        out[first * classes + i] = sums[i]! / this.parts.roots.length;
      }
    }
    return out;
  }

  /**
   * What each column is worth, summing to 1: by the mean decrease in impurity that its splits bring (`gain`), or by
   * how many they are.
   */
  importance(kind: ImportanceKind): Float64Array {
    return importanceOf(kind, this.columns, this.parts);
  }
}

/** Where each part of so many begins. */
function startsOf(lengths: readonly number[]): Int32Array {
  let sum = 0;
  return Int32Array.from(lengths, (length) => (sum += length) - length);
}

/** The quicker way: of many trees most columns are asked, again and again. */
function walkFor(parts: ClassTreesParts): ClassWalk {
  const isFew = COLUMNS_A_TREE * parts.roots.length <= parts.edges.length;
  return isFew ? new ThresholdWalk(parts) : new CodedWalk(parts);
}

/** Whether there is all that the nodes have, and each leaf answers with a class or with shares of all. */
function isWhole({ classes, child, bin, gain, answer, shares }: ClassTreesParts): boolean {
  if (!(Number.isInteger(classes) && classes >= 2 && classes <= MOST_CLASSES)) return false;
  const mixed = shares.length / classes;
  return (
    [bin, gain, answer].every(({ length }) => length === child.length) &&
    Number.isInteger(mixed) &&
    answer.every((of, node) => child[node] !== 0 || (of < classes && of >= -mixed))
  );
}
