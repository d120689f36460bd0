import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUCall, GPUKernel } from '../call';
import { elementaryCode } from '../elementary';
import { elementGroups, forElements } from '../elements';
import { shaders } from '../shader';
import { vectorSize, type VectorSize, vectorType } from '../vector';
import { zeros } from '../zeros';

const forward = shaders((size: VectorSize) => ({
  label: 'Gelu',
  bindings: { x: `read ${vectorType(size)}`, y: `write ${vectorType(size)}` },
  uniforms: { count: 'u32' },
  code: `${elementaryCode(size)}
${forElements('y[i] = x[i] * normalProbability(x[i], bell(x[i], 0.5));')}`,
}));

// d gelu(x) / dx = Φ(x) + x φ(x), φ being the density e^(−x² / 2) / √(2π).
const backward = shaders((size: VectorSize) => ({
  label: 'GeluGrad',
  bindings: {
    dy: `read ${vectorType(size)}`,
    x: `read ${vectorType(size)}`,
    dx: `write ${vectorType(size)}`,
  },
  uniforms: { count: 'u32' },
  code: `${elementaryCode(size)}
${forElements(`let power = bell(x[i], 0.5);
    dx[i] = dy[i] * fma(x[i] * 0.3989422804, power, normalProbability(x[i], power));`)}`,
}));

function overElements(call: GPUCall, shader: typeof forward, names: string[]): TensorInfo {
  const { backend } = call;
  const shape = call.shape('x');
  const count = util.sizeFromShape(shape);
  if (count === 0) return zeros(backend, shape);
  const out = backend.make(shape);
  const size = vectorSize([count]);
  const operands = [...names.map((name) => call.input(name)), out];
  backend.dispatch(shader(size), operands, [count / size], elementGroups(count / size));
  return out;
}

export const geluKernels: readonly GPUKernel[] = [
  { kernelName: 'Gelu', run: (call) => overElements(call, forward, ['x']) },
  { kernelName: 'GeluGrad', run: (call) => overElements(call, backward, ['dy', 'x']) },
];
