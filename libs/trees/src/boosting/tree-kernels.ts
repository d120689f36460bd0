import type { Units } from './units';

/** Numbers of a block's histogram `[bin, column of the block, gradient and packed hessian]`. */
export const HISTOGRAM = 256 * 8 * 2;

/** What is found of a block and a leaf, in this order: where it is best split, and the sums of its lower side. */
export const FOUND = ['gain', 'column', 'bin', 'lowerGradient', 'lowerPacked'] as const;

/** What a split is looked for with, in this order: the sums of both leaves, and what splits keep to. */
export const LIMITS = [
  ...(['smallGradient', 'smallPacked', 'largeGradient', 'largePacked'] as const),
  ...(['perRow', 'leastRows', 'leastHessian', 'lambda'] as const),
] as const;

/** Arrays where kernels work on them; what they hold at first is not said. */
export interface TreeMemory {
  float64(length: number): Float64Array;
  float32(length: number): Float32Array;
  int32(length: number): Int32Array;
  uint8(length: number): Uint8Array;
  free(array: ArrayBufferView): void;
}

/** Rows as codes in blocks of eight columns, `[blocks, rows, 8]`. */
export interface BlockCodes {
  readonly codes: Uint8Array;
  readonly rows: number;
  readonly blocks: number;
  /** How many bins each column has, `[blocks, 8]`; 0 for those that fill the last block. */
  readonly bins: Int32Array;
}

/** A leaf's split into a smaller and a larger one, of which the histograms and best splits are wanted. */
export interface Split {
  /** All rows in the order of the leaves; the smaller leaf has those from `start` to `end`. */
  readonly rows: Int32Array;
  readonly start: number;
  readonly end: number;
  /** The pairs of the smaller leaf's rows, in their order. */
  readonly ordered: Float64Array;
  /** Where the smaller leaf's histogram goes. */
  readonly small: Float64Array;
  /** The histogram of both, which becomes the larger leaf's; null where there is no larger leaf. */
  readonly large: Float64Array | null;
  /** Values in the order of {@link LIMITS}. */
  readonly limits: Float64Array;
  readonly scansSmall: boolean;
  readonly scansLarge: boolean;
  /** `[blocks, 2, FOUND]`: the best split of the smaller leaf and of the larger, by each block. */
  readonly found: Float64Array;
}

/** How one class's gradients are made of its probabilities. */
export interface GradientScale {
  readonly label: number;
  /** What hessians are multiplied by. */
  readonly factor: number;
  readonly units: Units;
}

/**
 * The arithmetic of boosting, on arrays alone. A row has a pair: its gradient, and its hessian · perRow + 1, both
 * whole numbers of their {@link Units}. Whoever computes it, the numbers are the same to the bit.
 */
export interface TreeKernels {
  readonly memory: TreeMemory;
  /** The pairs of the rows from `start` to `end`, in their order. */
  order(
    rows: Int32Array,
    start: number,
    end: number,
    pairs: Float64Array,
    ordered: Float64Array,
  ): void;
  split(data: BlockCodes, split: Split): void;
  /**
   * Puts those of the rows from `start` to `end` first whose code of a column is at most `bin`, all in the order that
   * they were in. Returns where the others begin.
   */
  part(
    data: BlockCodes,
    column: number,
    bin: number,
    rows: Int32Array,
    start: number,
    end: number,
    spare: Int32Array,
  ): number;
  /** Probabilities `[class, row]` from scores `[class, row]`. */
  softmax(scores: Float64Array, rows: number, classes: number, probabilities: Float32Array): void;
  /** The pairs of all rows from a class's probabilities, and in `sums` what they add up to. */
  gradients(
    probabilities: Float32Array,
    labels: Uint8Array,
    scale: GradientScale,
    pairs: Float64Array,
    sums: Float64Array,
  ): void;
  /** Adds a value to the scores of the rows from `start` to `end`. */
  add(rows: Int32Array, start: number, end: number, value: number, scores: Float64Array): void;
  /** Gives back what the kernels took for themselves. */
  dispose(): void;
}
