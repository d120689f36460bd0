import type { GPUKernel } from '../call';
import { runUnary, type UnaryFunction } from '../unary';

/** Input `x`, float32, in one dispatch: what tfjs's own may lose of NaN, or of digits near 0 and far from it. */
function unary(kernelName: string, of: UnaryFunction): GPUKernel {
  return {
    kernelName,
    run(call, own) {
      const x = call.input('x');
      return x.dtype === 'float32' ? runUnary(call.backend, of, x) : call.passTo(own);
    },
  };
}

export const unaryKernels: readonly GPUKernel[] = [
  unary('Elu', 'elu'),
  unary('Erf', 'erf'),
  unary('Exp', 'exponential'),
  unary('Expm1', 'exponentialLess1'),
  unary('Log', 'logarithm'),
  unary('Log1p', 'logarithmOf1And'),
  unary('Relu6', 'relu6'),
  unary('Selu', 'selu'),
  unary('Sigmoid', 'sigmoid'),
  unary('Softplus', 'softplus'),
  unary('Tanh', 'tanh'),
];
