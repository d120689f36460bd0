import type { BoostedTree } from './boosted-tree';
import { LeafWiseGrower, type TreeLimits } from './leaf-wise-grower';
import type { BlockCodes, TreeKernels } from './tree-kernels';
import { type Units, unitsFor } from './units';

/** Rows as codes with their classes, all in the memory of the kernels. */
export interface BoostedRows extends BlockCodes {
  readonly labels: Uint8Array;
  readonly classes: number;
}

/** How many trees a round has: of two classes, one's is the other's with the sign turned. */
export function treesPerRound(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** Where scores begin: the logarithm of each class's share of the rows. */
export function firstScores(labels: Uint8Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]! += 1;
  return counts.map((count) => Math.log(Math.max(count / labels.length, 1e-15)));
}

/** Boosting by the log loss of softmax (Friedman 2001), round by round. */
export class Booster {
  private readonly scores: Float64Array;
  private readonly probabilities: Float32Array;
  private readonly pairs: Float64Array;
  private readonly sums = new Float64Array(2);
  private readonly grower: LeafWiseGrower;
  private readonly units: Units;
  private readonly factor: number;

  /**
   * @param first where scores begin: of each class, or `[class, row]`
   * @param factor what hessians are multiplied by: K / (K − 1) for K classes that each have a tree (Friedman 2001, as
   * LightGBM has it), 1 for two classes, where it is left out
   */
  constructor(
    private readonly data: BoostedRows,
    private readonly kernels: TreeKernels,
    limits: TreeLimits,
    first: Float64Array,
    factor?: number,
  ) {
    const { rows, classes } = data;
    const { memory } = kernels;
    this.units = unitsFor(rows);
    this.factor = factor ?? (classes === 2 ? 1 : classes / (classes - 1));
    this.scores = memory.float64(classes * rows);
    if (first.length === classes) {
      first.forEach((score, k) => this.scores.fill(score, k * rows, (k + 1) * rows));
    } else this.scores.set(first);
    this.probabilities = memory.float32(classes * rows);
    this.pairs = memory.float64(2 * rows);
    this.grower = new LeafWiseGrower(data, kernels, this.units, limits);
  }

  /** Grows a round's trees, and adds their values to the scores. */
  round(): BoostedTree[] {
    const { rows, classes } = this.data;
    this.kernels.softmax(this.scores, rows, classes, this.probabilities);
    const trees: BoostedTree[] = [];
    for (let label = classes - treesPerRound(classes); label < classes; label++) {
      trees.push(this.grow(label));
    }
    return trees;
  }

  /** Gives back its arrays. */
  dispose(): void {
    for (const array of [this.scores, this.probabilities, this.pairs]) {
      this.kernels.memory.free(array);
    }
    this.grower.dispose();
  }

  private grow(label: number): BoostedTree {
    const { data, kernels, grower, pairs, sums, factor, units } = this;
    const [begin, end] = [label * data.rows, (label + 1) * data.rows];
    const own = this.probabilities.subarray(begin, end);
    kernels.gradients(own, data.labels, { label, factor, units }, pairs, sums);
    const tree = grower.grow(pairs, sums);
    const scores = this.scores.subarray(begin, end);
    for (const leaf of grower.leaves) {
      kernels.add(grower.rows, leaf.start, leaf.end, tree.value[leaf.node]!, scores);
    }
    return tree;
  }
}
