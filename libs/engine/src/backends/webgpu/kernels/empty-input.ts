import type { GPUKernel } from '../call';

/** A kernel of tfjs's that fails, or gives what it finds in memory, where an input has no elements. */
function emptyInput(kernelName: string): GPUKernel {
  return {
    kernelName,
    run: (call, own) => (call.hasEmptyInput() ? call.passToHost(kernelName) : call.passTo(own)),
  };
}

export const emptyInputKernels: readonly GPUKernel[] = ['Conv2D', 'Max', 'Min'].map(emptyInput);
