import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUBackend } from './backend';
import { elementGroups, forElements } from './elements';
import { Shader } from './shader';

const toFloat = new Shader({
  label: 'cast to float32',
  bindings: { x: 'read i32', out: 'write' },
  uniforms: { count: 'u32' },
  code: forElements('out[i] = f32(x[i]);'),
});

/** A new float32 tensor of the numbers of one of int32 or bool, in one dispatch. */
export function castToFloat(backend: GPUBackend, x: TensorInfo): TensorInfo {
  const out = backend.make(x.shape);
  const count = util.sizeFromShape(x.shape);
  if (count > 0) backend.dispatch(toFloat, [x, out], [count], elementGroups(count));
  return out;
}
