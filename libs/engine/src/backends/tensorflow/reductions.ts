import * as tf from '@tensorflow/tfjs';
import type { CorrectedKernel } from './corrected-kernel';

/** A reduction that is a value of its own over no number: tfjs's, which is not TensorFlow's. */
function overNothing(kernelName: string, value: number): CorrectedKernel {
  return {
    kernelNames: [kernelName],
    run(call) {
      const reduced = call.runOwn();
      const isOverNothing = call.inputs['x']!.size === 0 && reduced.size > 0;
      return isOverNothing ? tf.fill(reduced.shape, value, reduced.dtype) : reduced;
    },
  };
}

/** Reductions, also of empty tensors. */
export const reductionKernels: readonly CorrectedKernel[] = [
  overNothing('Max', NaN),
  overNothing('Min', NaN),
  overNothing('Mean', 0),
];
