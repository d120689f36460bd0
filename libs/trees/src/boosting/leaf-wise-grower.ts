import { type BoostedTree, firstNodes, roomForNodes } from './boosted-tree';
import { GrowingLeaf } from './growing-leaf';
import { type BlockCodes, FOUND, HISTOGRAM, LIMITS, type TreeKernels } from './tree-kernels';
import type { Units } from './units';

/** What trees keep to. */
export interface TreeLimits {
  readonly leaves: number;
  /** What leaves' values are multiplied by. */
  readonly rate: number;
  readonly leastRows: number;
  readonly leastHessian: number;
  readonly lambda: number;
}

/**
 * Grows regression trees on histograms, each time at the leaf whose split gains most (Ke et al. 2017). Of a leaf's
 * two parts only the smaller one's histogram is built: the other's is what is left. Its arrays serve tree after tree.
 */
export class LeafWiseGrower {
  /** All rows, those of a leaf together, and the leaves: of the tree that was grown last. */
  readonly rows: Int32Array;
  readonly leaves: GrowingLeaf[] = [];
  private readonly inOrder: Int32Array;
  private readonly spare: Int32Array;
  private readonly ordered: Float64Array;
  private readonly limits: Float64Array;
  private readonly found: Float64Array;
  /** Histograms that no leaf has. */
  private readonly idle: Float64Array[] = [];
  private readonly leastHessian: number;
  private readonly lambda: number;

  constructor(
    private readonly data: BlockCodes,
    private readonly kernels: TreeKernels,
    private readonly units: Units,
    private readonly keep: TreeLimits,
  ) {
    const { memory } = kernels;
    this.inOrder = Int32Array.from({ length: data.rows }, (_, row) => row);
    this.rows = memory.int32(data.rows);
    this.spare = memory.int32(data.rows);
    this.ordered = memory.float64(2 * Math.ceil(data.rows / 2)); // the smaller part is up to half of the rows
    this.limits = memory.float64(LIMITS.length);
    this.found = memory.float64(data.blocks * 2 * FOUND.length);
    this.leastHessian = keep.leastHessian / units.hessian;
    this.lambda = keep.lambda / units.hessian;
  }

  /**
   * A tree for the rows' pairs.
   *
   * @param sums what the pairs add up to
   */
  grow(pairs: Float64Array, sums: Float64Array): BoostedTree {
    const { data, rows, leaves, kernels } = this;
    const tree = roomForNodes(2 * this.keep.leaves - 1);
    rows.set(this.inOrder);
    const root = new GrowingLeaf(0, 0, data.rows, sums[0]!, sums[1]!);
    leaves.splice(0, leaves.length, root);
    this.begin(root, pairs);
    let nodes = 1;
    while (leaves.length < this.keep.leaves) {
      const leaf = this.mostGaining();
      if (!(leaf.gain > 0)) break;
      const { node, column, bin, gain, start, end } = leaf;
      tree.column[node] = column;
      tree.bin[node] = bin;
      tree.gain[node] = gain * (this.units.gradient ** 2 / this.units.hessian);
      tree.child[node] = nodes;
      const middle = kernels.part(data, column, bin, rows, start, end, this.spare);
      this.splitAt(leaf, middle, nodes, pairs);
      nodes += 2;
    }
    for (const leaf of leaves) {
      tree.value[leaf.node] = this.valueOf(leaf);
      this.retire(leaf);
    }
    return firstNodes(tree, nodes);
  }

  /** Gives back its arrays. */
  dispose(): void {
    const { memory } = this.kernels;
    const { rows, spare, ordered, limits, found, idle } = this;
    for (const array of [rows, spare, ordered, limits, found, ...idle]) memory.free(array);
  }

  /** Finds where the root is best split. */
  private begin(root: GrowingLeaf, pairs: Float64Array): void {
    root.histogram = this.histogram();
    this.setLimits(root, root);
    this.kernels.split(this.data, {
      ...{ rows: this.rows, start: 0, end: root.end, ordered: pairs },
      ...{ small: root.histogram, large: null, limits: this.limits, found: this.found },
      ...{ scansSmall: true, scansLarge: false },
    });
    this.take(root, 0);
  }

  private mostGaining(): GrowingLeaf {
    let most = this.leaves[0]!;
    for (const leaf of this.leaves) if (leaf.gain > most.gain) most = leaf;
    return most;
  }

  /** Puts two leaves in a leaf's place, and finds where they are best split. */
  private splitAt(leaf: GrowingLeaf, middle: number, node: number, pairs: Float64Array): void {
    const { gradient, packed, lowerGradient, lowerPacked } = leaf;
    const lower = new GrowingLeaf(node, leaf.start, middle, lowerGradient, lowerPacked);
    const rest = [gradient - lowerGradient, packed - lowerPacked] as const;
    const upper = new GrowingLeaf(node + 1, middle, leaf.end, ...rest);
    this.leaves[this.leaves.indexOf(leaf)] = lower;
    this.leaves.push(upper);
    const [small, large] = lower.size <= upper.size ? [lower, upper] : [upper, lower];
    const least = 2 * this.keep.leastRows;
    if (this.leaves.length === this.keep.leaves || large.size < least) return this.retire(leaf);
    small.histogram = this.histogram();
    large.histogram = leaf.histogram;
    leaf.histogram = null;
    const { rows, ordered } = this;
    this.kernels.order(rows, small.start, small.end, pairs, ordered);
    this.setLimits(small, large);
    const scansSmall = small.size >= least;
    this.kernels.split(this.data, {
      ...{ rows, start: small.start, end: small.end, ordered },
      ...{ small: small.histogram, large: large.histogram, limits: this.limits },
      ...{ found: this.found, scansSmall, scansLarge: true },
    });
    this.take(large, 1);
    if (scansSmall) this.take(small, 0);
    else this.retire(small);
  }

  private setLimits(small: GrowingLeaf, large: GrowingLeaf): void {
    const { perRow } = this.units;
    const sums = [small.gradient, small.packed, large.gradient, large.packed];
    this.limits.set([...sums, perRow, this.keep.leastRows, this.leastHessian, this.lambda]);
  }

  /** Takes the best of the splits that the blocks have found for a leaf, the first of those that gain as much. */
  private take(leaf: GrowingLeaf, which: 0 | 1): void {
    const { found } = this;
    for (let block = 0; block < this.data.blocks; block++) {
      const at = (block * 2 + which) * FOUND.length;
      if (!(found[at]! > leaf.gain)) continue;
      leaf.gain = found[at]!;
      leaf.column = found[at + 1]!;
      leaf.bin = found[at + 2]!;
      leaf.lowerGradient = found[at + 3]!;
      leaf.lowerPacked = found[at + 4]!;
    }
    leaf.gain -= (leaf.gradient * leaf.gradient) / (this.hessianOf(leaf) + this.lambda);
  }

  private hessianOf({ packed }: GrowingLeaf): number {
    return Math.floor(packed / this.units.perRow);
  }

  private valueOf(leaf: GrowingLeaf): number {
    const { gradient, hessian } = this.units;
    const step = leaf.gradient / (this.hessianOf(leaf) + this.lambda);
    return step * (-gradient / hessian) * this.keep.rate;
  }

  private histogram(): Float64Array {
    return this.idle.pop() ?? this.kernels.memory.float64(this.data.blocks * HISTOGRAM);
  }

  /** A leaf's histogram to those that no leaf has. */
  private retire(leaf: GrowingLeaf): void {
    if (leaf.histogram !== null) this.idle.push(leaf.histogram);
    leaf.histogram = null;
  }
}
