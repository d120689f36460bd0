import type { GPUKernel } from '../call';
import { castToFloat } from '../cast';

/**
 * Input `x`. What tfjs's own gives for int32 and bool as float32 is the same buffer under another type, which a
 * shader of ours would read as float32; here it is converted, in one dispatch.
 */
const cast: GPUKernel = {
  kernelName: 'Cast',
  run(call, own) {
    const { backend } = call;
    const { dtype } = call.input('x');
    if (call.attrs['dtype'] !== 'float32' || (dtype !== 'int32' && dtype !== 'bool')) {
      return call.passTo(own);
    }
    return castToFloat(backend, call.input('x'));
  },
};

export const castKernels: readonly GPUKernel[] = [cast];
