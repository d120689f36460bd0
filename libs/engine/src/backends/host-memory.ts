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

  read(name: string): Float32Array {
    return this.backend.readSync(this.info(name).dataId) as Float32Array;
  }

  write(values: Float32Array, shape: number[]): TensorInfo {
    const dtype = 'float32';
    return { dataId: this.backend.write(values, shape, dtype), shape, dtype };
  }
}
