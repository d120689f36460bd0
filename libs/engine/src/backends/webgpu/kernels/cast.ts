import type { GPUKernel } from '../call';
import { elementGroups, forElements } from '../elements';
import { Shader } from '../shader';

const toFloat = new Shader({
  label: 'cast to float32',
  bindings: { x: 'read i32', out: 'write' },
  uniforms: { count: 'u32' },
  code: forElements('out[i] = f32(x[i]);'),
});

/**
 * Input `x`. What tfjs's own gives for int32 and bool as float32 is the same buffer under another type, which a
 * shader of ours would read as float32; here it is converted, in one dispatch.
 */
const cast: GPUKernel = {
  kernelName: 'Cast',
  run(call, own) {
    const { backend } = call;
    const { dtype, shape } = call.input('x');
    if (call.attrs['dtype'] !== 'float32' || (dtype !== 'int32' && dtype !== 'bool')) {
      return call.passTo(own);
    }
    const out = backend.make(shape);
    const count = call.size('x');
    if (count > 0) backend.dispatch(toFloat, [call.input('x'), out], [count], elementGroups(count));
    return out;
  },
};

export const castKernels: readonly GPUKernel[] = [cast];
