import * as tf from '@tensorflow/tfjs';
import { CorrectedCall } from './corrected-kernel';
import { elementwiseKernels } from './elementwise';
import { reductionKernels } from './reductions';
import { windowKernels } from './windows';

const kernels = [...windowKernels, ...elementwiseKernels, ...reductionKernels];

/** Replaces the kernels of tfjs-node that do otherwise than those of tfjs's other backends. */
export function registerCorrections(backendName: string): void {
  for (const { kernelNames, run } of kernels) {
    for (const kernelName of kernelNames) {
      const own = tf.getKernel(kernelName, backendName);
      if (own === undefined) continue;
      tf.unregisterKernel(kernelName, backendName);
      tf.registerKernel({
        ...own,
        kernelFunc: (call) => tf.tidy(() => run(new CorrectedCall(call, own.kernelFunc))),
      });
    }
  }
}
