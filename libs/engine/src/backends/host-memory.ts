import type { KernelBackend, KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';

/** What tfjs calls a kernel with. */
export type KernelCall = Parameters<KernelFunc>[0];

/** Reads and writes one call's tensors as typed arrays of the host, on whatever backend holds them. */
export class HostMemory {
  private readonly inputs: NamedTensorInfoMap;
  private readonly backend: KernelBackend;

  constructor({ inputs, backend }: KernelCall) {
    this.inputs = inputs;
    this.backend = backend as KernelBackend; // tfjs types it as {}, and passes the backend in use
  }

  info(name: string): TensorInfo {
    const info = this.inputs[name];
    if (info === undefined) throw new TypeError(`the kernel was called without "${name}"`);
    return info;
  }

  /**
   * The values of an input; those of int32 and bool as float32.
   *
   * @throws TypeError where it holds other than numbers
   */
  read(name: string): Float32Array {
    const { dataId, dtype } = this.info(name);
    const values = this.backend.readSync(dataId);
    if (values instanceof Float32Array && dtype !== 'complex64') return values;
    if (values instanceof Int32Array || values instanceof Uint8Array)
      return Float32Array.from(values);
    throw new TypeError(`expected a tensor of numbers, got one of ${dtype}`);
  }

  write(values: Float32Array, shape: number[]): TensorInfo {
    const dtype = 'float32';
    return { dataId: this.backend.write(values, shape, dtype), shape, dtype };
  }
}
