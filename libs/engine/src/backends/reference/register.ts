import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs';
import { binaryKernels } from './broadcast';
import { convolutionKernels } from './conv2d';
import { elementaryKernels } from './elementary';
import { maxPoolGrad } from './max-pool-grad';
import { reductionKernels } from './reduce';
import { split } from './split';
import { tile } from './tile';

/** tfjs's own kernel of that name. */
function cpuKernel(kernelName: string): KernelFunc {
  return getKernel(kernelName, 'cpu').kernelFunc;
}

/**
 * Replaces, under the name `backendName`, the kernels of tfjs's `cpu` backend in which a training step
 * would spend most of its time, and those that lose digits.
 */
export function registerReferenceKernels(backendName: string): void {
  const kernels = [
    maxPoolGrad,
    split(cpuKernel('SplitV')),
    tile(cpuKernel('Tile')),
    ...convolutionKernels(cpuKernel),
    ...elementaryKernels,
    ...binaryKernels(cpuKernel),
    ...reductionKernels(cpuKernel),
  ];
  for (const kernel of kernels) {
    unregisterKernel(kernel.kernelName, backendName);
    registerKernel({ ...kernel, backendName });
  }
}
