import type { Vocabulary } from './vocabulary';

/** What a kernel can be given: an array in the host's memory, a number, or null for an operand left out. */
export type Argument = Float32Array | Float64Array | Int32Array | Uint8Array | number | null;

/** Bytes for an array of any type. */
export interface Place {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
}

/** What runs the compiled kernels of `cpp`, and holds the memory that they work in. */
export interface Host {
  /** How many ranges may run at the same time: scratch is wanted for so many. */
  readonly seats: number;
  /** What the kernels' sources say of themselves. */
  readonly vocabulary: Vocabulary;
  /** Floats in one vector register. */
  readonly lanes: number;
  /** The register tile of the matrix products: its rows, and its columns. */
  readonly tileRows: number;
  readonly tileColumns: number;
  /**
   * Runs a kernel over `items`, in ranges of `grain` items on all threads; what it computes depends on the
   * grain but never on the threads.
   *
   * @throws TypeError where the kernel takes other arguments, such as an array where it takes a number or one of
   * another type; RangeError where items or grain are no whole numbers, or more than it can count
   */
  run(kernel: string, items: number, grain: number, args: readonly Argument[]): void;
  /**
   * An array in the host's memory, from the pool where one fits; its values are whatever they were.
   *
   * @throws RangeError where that is no number of floats, or there is no memory for so many
   */
  allocate(floats: number): Float32Array;
  /** Gives an array from {@link allocate} back to the pool. */
  release(array: Float32Array): void;
  /**
   * Bytes of the host's memory, from a cache line on, until {@link free}; what they hold is not said.
   *
   * @throws RangeError where there is no memory for so many
   */
  reserve(bytes: number): Place;
  /** Gives back an array on all the bytes of a {@link reserve}. */
  free(array: ArrayBufferView): void;
  /** Whether an array lies in memory that {@link allocate} hands out again. */
  owns(array: ArrayBufferView): boolean;
  /** The same values where kernels can reach them: the array itself, or a copy from {@link allocate}. */
  resident(array: Float32Array): Float32Array;
  /** How many threads take part. */
  setThreads(threads: number): void;
}
