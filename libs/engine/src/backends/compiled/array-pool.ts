import { bytesOf, gibibytes } from './array-size';

/** Bytes beyond the most that were ever in use at a time that may lie idle. */
const SLACK = 32 * 2 ** 20;

/**
 * Buffers that are used again: a training step asks for the same sizes as the step before. Idle buffers of
 * sizes that nobody asks for make way for new ones, so that all together take little more memory than was
 * once needed at a time.
 */
export class ArrayPool {
  /** Idle buffers by their bytes. */
  private readonly idle = new Map<number, ArrayBuffer[]>();
  private readonly buffers = new WeakSet<ArrayBufferLike>();
  private idleBytes = 0;
  private usedBytes = 0;
  private peakBytes = 0;

  /**
   * An array of `floats` values, which are whatever they were.
   *
   * @throws RangeError where that is no number of floats, or there is no memory for so many
   */
  allocate(floats: number): Float32Array {
    const bytes = bytesOf(floats);
    const idle = this.idle.get(bytes)?.pop();
    const buffer = idle ?? this.make(bytes);
    if (idle !== undefined) this.idleBytes -= bytes;
    this.usedBytes += bytes;
    this.peakBytes = Math.max(this.peakBytes, this.usedBytes);
    return new Float32Array(buffer);
  }

  release(array: Float32Array): void {
    const buffer = array.buffer as ArrayBuffer;
    const bytes = buffer.byteLength;
    const same = this.idle.get(bytes);
    if (same === undefined) {
      this.idle.set(bytes, [buffer]);
    } else {
      same.push(buffer);
    }
    this.usedBytes -= bytes;
    this.idleBytes += bytes;
  }

  owns({ buffer }: ArrayBufferView): boolean {
    return this.buffers.has(buffer);
  }

  private make(bytes: number): ArrayBuffer {
    this.makeRoom(bytes);
    try {
      const buffer = new ArrayBuffer(bytes);
      this.buffers.add(buffer);
      return buffer;
    } catch {
      throw new RangeError(
        `Cannot allocate an array of ${gibibytes(bytes)} GiB: ${gibibytes(this.usedBytes)} GiB are in use, ` +
          'and the system gives no more.',
      );
    }
  }

  /** Leaves idle buffers to the garbage collector until all together, with a new one, are few enough. */
  private makeRoom(wanted: number): void {
    const used = this.usedBytes + wanted;
    const most = Math.max(this.peakBytes, used) + SLACK;
    for (const [bytes, buffers] of this.idle) {
      while (used + this.idleBytes > most && buffers.length > 0) {
        buffers.pop();
        this.idleBytes -= bytes;
      }
      if (used + this.idleBytes <= most) return;
      this.idle.delete(bytes);
    }
  }
}
