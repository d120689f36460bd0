import { util } from '@tensorflow/tfjs';
import type { CompiledKernel } from '../call';
import { grainOf } from '../grain';

/** Input `logits`; along the last axis. */
const softmax: CompiledKernel = {
  kernelName: 'Softmax',
  run(call, own) {
    const { backend, host } = call;
    const logits = call.info('logits');
    const last = logits.shape.length - 1;
    const dim = call.attrs['dim'] as number;
    const length = logits.shape[last] ?? 0;
    if (logits.dtype !== 'float32' || (dim !== -1 && dim !== last) || length === 0) {
      return call.passTo(own);
    }
    const out = backend.make(logits.shape);
    const rows = util.sizeFromShape(logits.shape) / length;
    const operands = [backend.values(out), call.values(logits), length];
    host.run('softmaxRows', rows, grainOf(2 * length), operands);
    return out;
  },
};

export const softmaxKernels: readonly CompiledKernel[] = [softmax];
