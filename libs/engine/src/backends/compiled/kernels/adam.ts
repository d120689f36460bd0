import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { CompiledKernel } from '../call';
import { RANGE_ELEMENTS } from '../grain';

/**
 * Inputs `weights0`, `moments0` `[2, …]`, `gradient0`, `weights1`, …; outputs the weights and moments after the
 * step, in that order: in place where the memory is theirs alone.
 */
const adamUpdate: CompiledKernel = {
  kernelName: 'AdamUpdate',
  run(call) {
    const { backend, host, attrs } = call;
    const { beta1, beta2, epsilon, rate, correction } = attrs as Record<string, number>;
    const moved: TensorInfo[] = [];
    for (let i = 0; call.has(`weights${i}`); i++) {
      const weights = call.inPlace(`weights${i}`);
      const moments = call.inPlace(`moments${i}`);
      const both = backend.values(moments);
      const size = util.sizeFromShape(weights.shape);
      host.run('adamUpdate', size, RANGE_ELEMENTS, [
        ...[backend.values(weights), both.subarray(0, size), both.subarray(size)],
        ...[call.values(`gradient${i}`), beta1!, beta2!, epsilon!, rate!, correction!],
      ]);
      moved.push(weights, moments);
    }
    return moved;
  },
};

export const adamKernels: readonly CompiledKernel[] = [adamUpdate];
