import type { TensorInfo } from '@tensorflow/tfjs';
import type { GPUKernel } from '../call';
import { runUnary, type UnaryFunction } from '../unary';

/** tfjs's names of activations whose own shaders may make a number of NaN, or NaN of an infinity. */
const ACTIVATIONS: Readonly<Record<string, UnaryFunction>> = {
  elu: 'elu',
  leakyrelu: 'leakyRelu',
  relu: 'relu',
  relu6: 'relu6',
  sigmoid: 'sigmoid',
};

/** A kernel of tfjs's that ends with an activation: the activation is a dispatch of its own. */
function activated(kernelName: string): GPUKernel {
  return {
    kernelName,
    run(call, own) {
      const { activation, leakyreluAlpha } = call.attrs as {
        activation: string;
        leakyreluAlpha?: number;
      };
      if (call.hasEmptyInput()) return call.passToHost(kernelName);
      const of = ACTIVATIONS[activation];
      if (of === undefined) return call.passTo(own);
      const linear = call.passTo(own, { activation: 'linear' }) as TensorInfo;
      const out = runUnary(call.backend, of, linear, leakyreluAlpha);
      call.backend.disposeData(linear.dataId);
      return out;
    },
  };
}

export const activatedKernels: readonly GPUKernel[] = [
  activated('FusedConv2D'),
  activated('_FusedMatMul'),
];
