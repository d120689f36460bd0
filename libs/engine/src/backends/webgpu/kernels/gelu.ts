import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUCall, GPUKernel } from '../call';
import { elementGroups, forElements } from '../elements';
import { shaders } from '../shader';
import { vectorCode, vectorSize, type VectorSize, vectorType } from '../vector';
import { zeros } from '../zeros';

// erf as in tfjs: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
const GELU = `
// e^(−x² / 2), and above 0 however far x is.
fn bell(x: V) -> V { return exp(max(-0.5 * x * x, V(-87.0))); }
// erf(x), where power is e^−x².
fn errorFunction(x: V, power: V) -> V {
  let t = 1.0 / fma(V(0.3275911), abs(x), V(1.0));
  var y = fma(V(1.061405429), t, V(-1.453152027));
  y = fma(y, t, V(1.421413741));
  y = fma(y, t, V(-0.284496736));
  y = fma(y, t, V(0.254829592));
  y = 1.0 - y * t * power;
  return select(y, -y, x < V(0.0));
}
// The normal distribution's cumulative probability, where power is e^(−x² / 2).
fn probability(x: V, power: V) -> V {
  return fma(V(0.5), errorFunction(x * 0.70710678118, power), V(0.5));
}`;

const forward = shaders((size: VectorSize) => ({
  label: 'Gelu',
  bindings: { x: `read ${vectorType(size)}`, y: `write ${vectorType(size)}` },
  uniforms: { count: 'u32' },
  code: `${vectorCode(size)}
${GELU}
${forElements('y[i] = x[i] * probability(x[i], bell(x[i]));')}`,
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
  code: `${vectorCode(size)}
${GELU}
${forElements(`let power = bell(x[i]);
    dx[i] = dy[i] * fma(x[i] * 0.3989422804, power, probability(x[i], power));`)}`,
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
