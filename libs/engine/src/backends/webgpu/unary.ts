import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUBackend } from './backend';
import { elementGroups, forElements } from './elements';
import { shaders } from './shader';
import { vectorCode, type VectorSize, vectorSize, vectorType } from './vector';

/**
 * WGSL for vectors V of numbers. The exponential's argument is split into n ln 2 and a rest (Cody and Waite 1980,
 * "Software Manual for the Elementary Functions"): the further it is from 0, the fewer digits WGSL promises.
 */
const FUNCTIONS = {
  elu: 'return select(exponential(min(x, V(0.0))) - 1.0, x, x >= V(0.0));',
  exponential: 'return exponential(x);',
  leakyRelu: 'return select(x, x * uniforms.parameter, x < V(0.0));',
  logarithm: 'return select(log(x), ofBits(0x7fc00000u), x < V(0.0));',
  relu: 'return select(x, V(0.0), x < V(0.0));',
  relu6: 'return min(max(x, V(0.0)), V(6.0));',
  sigmoid: `let decay = exponential(-abs(x));
  return select(decay, V(1.0), x >= V(0.0)) / (1.0 + decay);`,
} as const;

/** A function of a number; NaN's is NaN. */
export type UnaryFunction = keyof typeof FUNCTIONS;

const HELPERS = /* wgsl */ `
fn ofBits(bits: u32) -> V { return bitcast<V>(U(bits)); }

fn powerOfTwo(n: I) -> V { return bitcast<V>((n + 127) << U(23)); }

fn exponential(x: V) -> V {
  let bounded = clamp(x, V(-104.0), V(89.0)); // beyond which it is 0, and infinite
  let n = round(bounded * 1.44269504);
  let rest = (bounded - n * 0.693359375) + n * 2.12194440e-4;
  let half = I(n) / 2;
  return exp(rest) * powerOfTwo(half) * powerOfTwo(I(n) - half);
}
`;

const unary = shaders((of: UnaryFunction, size: VectorSize) => ({
  label: of,
  bindings: { x: `read ${vectorType(size)}`, out: `write ${vectorType(size)}` },
  uniforms: { count: 'u32', parameter: 'f32' },
  code: /* wgsl */ `
${vectorCode(size)}
alias I = ${size === 4 ? 'vec4<i32>' : 'i32'};
${HELPERS}
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
