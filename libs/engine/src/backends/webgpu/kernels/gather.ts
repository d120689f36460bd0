import { util } from '@tensorflow/tfjs';
import type { GPUKernel } from '../call';

/**
 * Inputs `x` and `indices`. Those that the program has are checked, as on every engine; on the card, a row that
 * there is not is 0.
 *
 * @throws RangeError for an index beyond x
 */
const gather: GPUKernel = {
  kernelName: 'GatherV2',
  run(call, own) {
    const { shape } = call.input('x');
    const [axis] = util.parseAxisParam(call.attrs['axis'] as number, shape) as [number];
    const rows = shape[axis]!;
    for (const index of call.backend.atHand(call.input('indices')) ?? []) {
      if (index >= 0 && index < rows) continue;
      throw new RangeError(`GatherV2: the index value ${index} is not in [0, ${rows - 1}]`);
    }
    return call.passTo(own);
  },
};

export const gatherKernels: readonly GPUKernel[] = [gather];
