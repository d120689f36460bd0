import type { Argument, Host } from './host';

/**
 * Compiled kernels for arrays outside tfjs. What a kernel writes to has to lie in this memory; what it only reads may
 * lie anywhere (WebAssembly copies it for the call). Arrays begin a cache line and hold what was there before.
 */
export class KernelHost {
  constructor(private readonly host: Host) {}

  /** How many ranges may run at the same time: scratch is wanted for so many. */
  get seats(): number {
    return this.host.seats;
  }

  /** @throws TypeError, RangeError; see {@link Host.run} */
  run(kernel: string, items: number, grain: number, args: readonly Argument[]): void {
    this.host.run(kernel, items, grain, args);
  }

  /** A number that the kernels' sources name. @throws TypeError for one that they do not name */
  constant(name: string): number {
    return this.host.vocabulary.constant(name);
  }

  /** Names in the order that the kernels take. @throws TypeError for one that the sources do not name */
  order(name: string): readonly string[] {
    return this.host.vocabulary.order(name);
  }

  /** @throws RangeError where there is no memory for so many; so do the others */
  float64(length: number): Float64Array {
    const { buffer, byteOffset } = this.host.reserve(8 * length);
    return new Float64Array(buffer, byteOffset, length);
  }

  float32(length: number): Float32Array {
    const { buffer, byteOffset } = this.host.reserve(4 * length);
    return new Float32Array(buffer, byteOffset, length);
  }

  int32(length: number): Int32Array {
    const { buffer, byteOffset } = this.host.reserve(4 * length);
    return new Int32Array(buffer, byteOffset, length);
  }

  uint8(length: number): Uint8Array {
    const { buffer, byteOffset } = this.host.reserve(length);
    return new Uint8Array(buffer, byteOffset, length);
  }

  /** Gives an array back, once; it is not to be used after that. */
  free(array: ArrayBufferView): void {
    this.host.free(array);
  }
}
