import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUBackend } from './backend';
import { elementaryCode } from './elementary';
import { elementGroups, forElements } from './elements';
import { shaders } from './shader';
import { type VectorSize, vectorSize, vectorType } from './vector';

/** WGSL for vectors V of numbers. */
const FUNCTIONS = {
  elu: 'return select(exponentialLess1(min(x, V(0.0))), x, x >= V(0.0));',
  erf: 'return errorFunction(x);',
  exponential: 'return exponential(x);',
  exponentialLess1: 'return select(exponentialLess1(x), exponential(x), x > V(80.0));',
  leakyRelu: 'return select(x, x * uniforms.parameter, x < V(0.0));',
  logarithm: `let far = select(log(x), ofBits(0x7fc00000u), x < V(0.0));
  return select(far, logarithmOf1And(x - 1.0), (x >= V(0.5)) & (x <= V(2.0)));`,
  logarithmOf1And: `let far = select(log(1.0 + x), ofBits(0x7fc00000u), x < V(-1.0));
  return select(far, logarithmOf1And(x), abs(x) < V(0.5));`,
  relu: 'return select(x, V(0.0), x < V(0.0));',
  relu6: 'return min(max(x, V(0.0)), V(6.0));',
  selu: `let below = 1.6732632423543772 * exponentialLess1(min(x, V(0.0)));
  return 1.0507009873554805 * select(below, x, x >= V(0.0));`,
  sigmoid: `let decay = exponential(-abs(x));
  return select(decay, V(1.0), x >= V(0.0)) / (1.0 + decay);`,
  softplus: 'return max(x, V(0.0)) + logarithmOf1And(exponential(-abs(x)));',
  tanh: 'return hyperbolicTangent(x);',
} as const;

/** A function of a number; NaN's is NaN. */
export type UnaryFunction = keyof typeof FUNCTIONS;

const unary = shaders((of: UnaryFunction, size: VectorSize) => ({
  label: of,
  bindings: { x: `read ${vectorType(size)}`, out: `write ${vectorType(size)}` },
  uniforms: { count: 'u32', parameter: 'f32' },
  code: /* wgsl */ `
${elementaryCode(size)}
fn functionOf(x: V) -> V {
  ${FUNCTIONS[of]}
}
${forElements('out[i] = select(x[i], functionOf(x[i]), isNumber(x[i]));')}
`,
}));

/** A function of each element of x, float32, in one dispatch. */
export function runUnary(
  backend: GPUBackend,
  of: UnaryFunction,
  x: TensorInfo,
  parameter = 0,
): TensorInfo {
  const out = backend.make(x.shape);
  const count = util.sizeFromShape(x.shape);
  if (count === 0) return out;
  const size = vectorSize([count]);
  backend.dispatch(
    unary(of, size),
    [x, out],
    [count / size, parameter],
    elementGroups(count / size),
  );
  return out;
}
