import { Random } from '@botlab/random';
import type { ClassTree } from './class-tree';
import { type CodedRows, GiniTreeGrower, type GiniTreeOptions } from './gini-tree';

/** What the trees of a forest are grown from. */
export interface ForestPlan extends GiniTreeOptions {
  readonly seed: number;
}

/** Grows the trees of a forest, each from the seed and its number alone, in any order. */
export class ForestGrower {
  private readonly grower: GiniTreeGrower;
  private readonly weights: Uint8Array;

  constructor(
    private readonly data: CodedRows,
    private readonly plan: ForestPlan,
  ) {
    this.grower = new GiniTreeGrower(data, plan);
    this.weights = new Uint8Array(data.rows);
  }

  /** The tree of a number, on as many rows as there are, drawn with repetition. */
  grow(number: number): ClassTree {
    const { weights } = this;
    const { rows } = this.data;
    const random = new Random(this.plan.seed, 'forest', number);
    weights.fill(0);
    for (let i = 0; i < rows; i++) weights[random.int(rows)]! += 1;
    return this.grower.grow(random, weights);
  }
}

/** The numbers of trees, each taken once. */
export class TreeNumbers {
  private next = 0;

  constructor(private readonly trees: number) {}

  /** The next number; undefined where there are no more. */
  take(): number | undefined {
    return this.next < this.trees ? this.next++ : undefined;
  }

  /** Leaves nothing to take. */
  end(): void {
    this.next = this.trees;
  }
}
