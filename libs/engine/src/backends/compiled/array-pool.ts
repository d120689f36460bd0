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

  /** An array of `floats` values, which are whatever they were. */
  allocate(floats: number): Float32Array {
    const bytes = floats * Float32Array.BYTES_PER_ELEMENT;
    let buffer = this.idle.get(bytes)?.pop();
    this.usedBytes += bytes;
    this.peakBytes = Math.max(this.peakBytes, this.usedBytes);
    if (buffer !== undefined) {
      this.idleBytes -= bytes;
    } else {
      this.makeRoom();
      buffer = new ArrayBuffer(bytes);
      this.buffers.add(buffer);
    }
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

  /** Leaves idle buffers to the garbage collector until all together are few enough. */
  private makeRoom(): void {
    for (const [bytes, buffers] of this.idle) {
      while (this.usedBytes + this.idleBytes > this.peakBytes + SLACK && buffers.length > 0) {
        buffers.pop();
        this.idleBytes -= bytes;
      }
      if (this.usedBytes + this.idleBytes <= this.peakBytes + SLACK) return;
      this.idle.delete(bytes);
    }
  }
}
