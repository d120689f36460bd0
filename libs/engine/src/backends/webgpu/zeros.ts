import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUBackend } from './backend';

/** A float32 tensor of zeros, without a dispatch: for what is empty, and sums over nothing. */
export function zeros(backend: GPUBackend, shape: number[]): TensorInfo {
  return backend.makeTensorInfo(shape, 'float32', new Float32Array(util.sizeFromShape(shape)));
}
