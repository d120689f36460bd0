import type { Shader } from './shader';

/** Buffers that are kept: far more than a model's step has calls, few enough to cost no memory. */
const MOST = 2048;

/** What a number of a type may be. */
const RANGES = {
  f32: [-Infinity, Infinity],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u32: [0, 2 ** 32 - 1],
} as const;

/** Smallest buffer, in bytes: that of a vector of four. */
export const SMALLEST = 16;

/**
 * The numbers of calls in buffers of the GPU. A step of training has the same numbers as the step before: so a
 * buffer is kept for each list of numbers, those used last of all.
 */
export class Uniforms {
  /** A buffer for a binding that a shader does not touch. */
  readonly nothing: GPUBuffer;
  private readonly kept = new Map<string, GPUBuffer>();
  private leaving: GPUBuffer[] = [];

  constructor(private readonly device: GPUDevice) {
    const usage = GPUBufferUsage.STORAGE;
    this.nothing = device.createBuffer({ label: 'nothing', size: SMALLEST, usage });
  }

  buffer({ label, uniforms }: Shader, numbers: readonly number[]): GPUBuffer {
    if (numbers.length !== uniforms.length) {
      throw new RangeError(`${label} takes ${uniforms.length} numbers, got ${numbers.length}`);
    }
    const key = `${uniforms.join()} ${numbers.join()}`;
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key); // to be the last again
      this.kept.set(key, known);
      return known;
    }
    numbers.forEach((number, i) => {
      const [least, most] = RANGES[uniforms[i]!];
      if (uniforms[i] === 'f32' || (Number.isInteger(number) && number >= least && number <= most))
        return;
      throw new RangeError(
        `${label} takes whole numbers (${uniforms[i]}) from ${least} to ${most}, got ${number}`,
      );
    });
    const words = new DataView(new ArrayBuffer(Math.max(SMALLEST, 4 * numbers.length)));
    numbers.forEach((number, i) => {
      if (uniforms[i] === 'f32') words.setFloat32(4 * i, number, true);
      else if (uniforms[i] === 'i32') words.setInt32(4 * i, number, true);
      else words.setUint32(4 * i, number, true);
    });
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ label, size: words.byteLength, usage });
    this.device.queue.writeBuffer(buffer, 0, words.buffer);
    this.kept.set(key, buffer);
    if (this.kept.size > MOST) this.leave(this.kept.keys().next().value!);
    return buffer;
  }

  private leave(key: string): void {
    this.leaving.push(this.kept.get(key)!);
    this.kept.delete(key);
  }

  /** Once the work that may read them was sent, buffers that left can go. */
  onSubmit(): void {
    for (const buffer of this.leaving) buffer.destroy();
    this.leaving = [];
  }
}
