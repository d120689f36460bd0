import type { GPUKernel } from '../call';
import { runUnary, type UnaryFunction } from '../unary';

/** Input `x`, float32, in one dispatch: what tfjs's own may lose of NaN, or of an exponential's digits. */
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
  unary('Exp', 'exponential'),
  unary('Log', 'logarithm'),
  unary('Relu6', 'relu6'),
  unary('Sigmoid', 'sigmoid'),
];
