import type { Random } from '@botlab/random';
import { type ClassTree, GrowingTree } from './class-tree';
import { GiniSplit } from './gini-split';
import { Leaf, TAG_BITS } from './leaf';

/** Rows as trees that are grown by bins see them. */
export interface CodedRows {
  /** The bin of each value, `[columns, rows]`. */
  readonly codes: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  readonly labels: Uint8Array;
  readonly classes: number;
}

export interface GiniTreeOptions {
  /** The root has depth 0. */
  readonly depth: number;
  /** How many rows each part of a split has at least. */
  readonly leastRows: number;
  /** How many columns are tried for a split, drawn anew for each. */
  readonly tried: number;
}

/**
 * Grows classification trees (CART, Breiman et al. 1984) on binned rows: a leaf is split where the mean impurity of
 * its parts is lowest, until it is pure, too deep, too small or constant. As in scikit-learn, columns in which
 * a leaf is constant count as tried, but for the last: one that is not is looked for among all.
 */
export class GiniTreeGrower {
  private readonly leaf: Leaf;
  private readonly spareRows: Int32Array;
  private readonly spareTags: Int32Array;
  private readonly order: Int32Array;
  private readonly split: GiniSplit;

  constructor(
    private readonly data: CodedRows,
    private readonly options: GiniTreeOptions,
  ) {
    const { codes, rows, columns, classes } = data;
    this.leaf = new Leaf(new Int32Array(rows), new Int32Array(rows));
    this.spareRows = new Int32Array(rows);
    this.spareTags = new Int32Array(rows);
    this.order = new Int32Array(columns);
    this.split = new GiniSplit(codes, rows, classes, options.leastRows);
  }

  /**
   * A tree, the same for the same weights and the same state of `random`.
   *
   * @param weights how often each row counts; once where they are left out
   */
  grow(random: Random, weights?: Uint8Array): ClassTree {
    const { leaf, split, options } = this;
    for (let i = 0; i < this.order.length; i++) this.order[i] = i;
    const tree = new GrowingTree();
    const waiting: [node: number, start: number, end: number, depth: number][] = [
      [0, 0, this.takeRows(weights), 0],
    ];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [node, start, end, depth] = next;
      leaf.hold(start, end);
      const isLast = leaf.isPure || depth >= options.depth || leaf.total < 2 * options.leastRows;
      if (isLast || !this.findSplit(random)) {
        tree.end(node, leaf.counts, this.data.classes, leaf.total);
        continue;
      }
      const gain = split.score - leaf.squares / leaf.total;
      const child = tree.split(node, depth, split.column, split.bin, gain);
      const middle = this.part(start, end);
      waiting.push([child + 1, middle, end, depth + 1], [child, start, middle, depth + 1]);
    }
    return tree.finished();
  }

  /** Takes the rows that count, and returns how many they are. */
  private takeRows(weights: Uint8Array | undefined): number {
    const { rows, tags } = this.leaf;
    const { labels } = this.data;
    let taken = 0;
    for (let row = 0; row < labels.length; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      if (weight === 0) continue;
      rows[taken] = row;
      tags[taken++] = (weight << TAG_BITS) | labels[row]!;
    }
    return taken;
  }

  /** Looks for the leaf's best split among some columns; false where there is none. */
  private findSplit(random: Random): boolean {
    const { order, split, leaf } = this;
    const { tried } = this.options;
    const columns = order.length;
    split.clear();
    let hasSome = false;
    for (let i = 0; i < columns && (i < tried || !hasSome); i++) {
      if (tried < columns) {
        const j = i + random.int(columns - i);
        const drawn = order[j]!;
        order[j] = order[i]!;
        order[i] = drawn;
      }
      if (split.try(order[i]!, leaf)) hasSome = true;
    }
    return split.column >= 0;
  }

  /** Puts the rows that go left before the others, both in their order; returns where those begin. */
  private part(start: number, end: number): number {
    const { spareRows, spareTags } = this;
    const { rows, tags } = this.leaf;
    const { bin, column } = this.split;
    const { codes } = this.data;
    const at = column * this.data.rows;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const tag = tags[i]!;
      const goesRight = codes[at + row]! > bin ? 1 : 0;
      rows[left] = row;
      tags[left] = tag;
      spareRows[right] = row;
      spareTags[right] = tag;
      left += 1 - goesRight;
      right += goesRight;
    }
    rows.set(spareRows.subarray(0, right), left);
    tags.set(spareTags.subarray(0, right), left);
    return left;
  }
}
