import { bytesOf, gibibytes } from './array-size';
import { Blocks, UNIT } from './wasm-blocks';

const PAGE = 2 ** 16;
const GIB = 2 ** 30;
/** WebAssembly's 4 GiB but for a page, so that no address past the end of an array is 0. */
const LIMIT = 4 * GIB - PAGE;
/** What the memory grows by at least: growing takes some µs, and untouched memory costs nothing. */
const STEP = 2 ** 26;

/** Arrays in a shared WebAssembly memory, which grows as they need it. */
export class WasmMemory {
  private readonly blocks: Blocks;
  /** The memory's buffers: each growth gives a new one, and arrays in the older ones stay what they are. */
  private readonly buffers = new Set<ArrayBufferLike>();
  private buffer: ArrayBufferLike;

  /** @param begin the first byte that is not the module's own */
  constructor(
    readonly memory: WebAssembly.Memory,
    begin: number,
  ) {
    this.blocks = new Blocks(Math.ceil(begin / UNIT), LIMIT / UNIT);
    this.buffer = this.currentBuffer();
  }

  /**
   * An array of `floats` values, which are whatever they were; it starts a cache line.
   *
   * @throws RangeError where that is no number of floats, or the memory has no room for them
   */
  allocate(floats: number): Float32Array {
    const offset = this.reserve(bytesOf(floats));
    return new Float32Array(this.buffer, offset, floats);
  }

  /** The address of `bytes` bytes, on a cache line of their own; see {@link allocate}. */
  reserve(bytes: number): number {
    const block = this.blocks.take(Math.max(1, Math.ceil(bytes / UNIT)));
    if (block < 0) throw this.refusal(bytes, 'WebAssembly ends at 4 GiB');
    if (this.blocks.end * UNIT > this.buffer.byteLength) {
      try {
        this.grow();
      } catch {
        this.blocks.give(block);
        throw this.refusal(bytes, 'the system gives no more');
      }
    }
    return block * UNIT;
  }

  /** @throws RangeError for what was not allocated, or has been released */
  release(array: ArrayBufferView): void {
    this.free(array.byteOffset);
  }

  /** Gives back what {@link reserve} gave. */
  free(address: number): void {
    this.blocks.give(address / UNIT);
  }

  /** Copies an array's bytes to an address. */
  copyIn({ buffer, byteOffset, byteLength }: ArrayBufferView, address: number): void {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    new Uint8Array(this.buffer, address, byteLength).set(bytes);
  }

  owns({ buffer }: ArrayBufferView): boolean {
    return buffer === this.buffer || this.buffers.has(buffer);
  }

  private grow(): void {
    const { byteLength } = this.buffer;
    const missing = Math.max(this.blocks.end * UNIT - byteLength, STEP);
    this.memory.grow(Math.min(Math.ceil(missing / PAGE), (LIMIT - byteLength) / PAGE));
    this.buffer = this.currentBuffer();
  }

  private currentBuffer(): ArrayBufferLike {
    const { buffer } = this.memory;
    this.buffers.add(buffer);
    return buffer;
  }

  private refusal(bytes: number, why: string): RangeError {
    const [wanted, used] = [bytes, this.blocks.used * UNIT].map(gibibytes);
    return new RangeError(
      `Cannot allocate an array of ${wanted} GiB: ${used} GiB are in use, and ${why}.`,
    );
  }
}
