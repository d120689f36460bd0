import { ArrayPool } from './array-pool';
import { gibibytes } from './array-size';
import type { Argument, Host, Place } from './host';
import { Vocabulary } from './vocabulary';

/** What the addon of `cpp/native.cpp` exports. */
export interface Addon {
  readonly kernels: readonly string[];
  readonly constants: Readonly<Record<string, number>>;
  readonly orders: Readonly<Record<string, string>>;
  run(kernel: number, items: number, grain: number, ...args: Argument[]): void;
  setThreads(threads: number): void;
  /** How many bytes an array begins after the start of a cache line. */
  lineOffset(array: Uint8Array): number;
}

/** Bytes of a cache line. */
const LINE = 64;

/** The kernels as machine code of this processor: they work in JavaScript's own arrays. */
export class NativeHost implements Host {
  readonly vocabulary: Vocabulary;
  readonly lanes: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  seats = 1;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly pool = new ArrayPool();

  constructor(private readonly addon: Addon) {
    this.numbers = new Map(addon.kernels.map((name, i) => [name, i]));
    this.vocabulary = new Vocabulary(addon.constants, addon.orders);
    this.lanes = this.vocabulary.constant('lanes');
    this.tileRows = this.vocabulary.constant('tileRows');
    this.tileColumns = this.vocabulary.constant('tileColumns');
  }

  run(kernel: string, items: number, grain: number, args: readonly Argument[]): void {
    const number = this.numbers.get(kernel);
    if (number === undefined) throw new TypeError(`the addon has no kernel "${kernel}"`);
    this.addon.run(number, items, grain, ...args);
  }

  allocate(floats: number): Float32Array {
    return this.pool.allocate(floats);
  }

  release(array: Float32Array): void {
    this.pool.release(array);
  }

  reserve(bytes: number): Place {
    try {
      const buffer = new ArrayBuffer(bytes + LINE);
      const past = this.addon.lineOffset(new Uint8Array(buffer));
      return { buffer, byteOffset: (LINE - past) % LINE };
    } catch {
      throw new RangeError(
        `Cannot allocate an array of ${gibibytes(bytes)} GiB: the system gives no more.`,
      );
    }
  }

  /** There is nothing to do: the memory is JavaScript's, which takes it back. */
  free(): void {}

  owns(array: ArrayBufferView): boolean {
    return this.pool.owns(array);
  }

  resident(array: Float32Array): Float32Array {
    return array;
  }

  setThreads(threads: number): void {
    this.addon.setThreads(threads);
    this.seats = threads;
  }
}
