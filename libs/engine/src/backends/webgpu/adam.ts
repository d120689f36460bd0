import * as tf from '@tensorflow/tfjs';
import type { AdamParameter, AdamStep } from '../../ops/adam';
import type { GPUBackend } from './backend';
import { elementGroups, forElements } from './elements';
import { Shader, shaders } from './shader';

/** Bindings of a parameter: its weights, moments and gradient. */
const BINDINGS = 3;

/**
 * A step of Adam in place, of as many parameters in a dispatch as there are bindings for. Where a buffer is not
 * the variable's alone, the variable gets one first.
 *
 * @param parameters none of them empty
 */
export function adamOnGPU(
  backend: GPUBackend,
  parameters: readonly AdamParameter[],
  { beta1, beta2, epsilon, rate, correction }: AdamStep,
): void {
  const { maxStorageBuffersPerShaderStage } = backend.device.limits;
  const together = Math.floor((maxStorageBuffersPerShaderStage - 1) / BINDINGS);
  // A tensor, where other numbers are uniforms: it is a single buffer that is new with each step.
  const numbers = [beta1, 1 - beta1, beta2, 1 - beta2, epsilon, rate, correction];
  const step = backend.makeTensorInfo([numbers.length], 'float32', Float32Array.from(numbers));
  for (let at = 0; at < parameters.length; at += together) {
    const group = parameters.slice(at, at + together);
    const operands = group.flatMap(({ variable, moments, gradient }) => {
      makeOwn(backend, variable);
      makeOwn(backend, moments);
      return [variable, moments, gradient];
    });
    let count = 0;
    const ends = group.map(({ variable }) => (count += variable.size));
    const groups = elementGroups(count);
    backend.dispatch(update(group.length), [step, ...operands], [count, ...ends], groups);
  }
  backend.disposeData(step.dataId);
}

/** The weights of all parameters side by side: an invocation finds its own from its place. */
const update = shaders((parameters: number) => {
  const places = Array.from({ length: parameters }, (_, i) => i);
  const named = <T>(value: (i: number) => [string, T][]) =>
    Object.fromEntries(places.flatMap(value)) as Record<string, T>;
  const before = (i: number) => (i === 0 ? '0u' : `uniforms.end${i - 1}`);
  // With fma a compiler has no choice of its own: the same bits, whatever is moved together.
  const move = (i: number) => `
fn move${i}(j: u32) {
  let size = uniforms.end${i} - ${before(i)};
  let g = gradient${i}[j];
  let first = fma(moments${i}[j], numbers[BETA1], g * numbers[REST1]);
  let second = fma(moments${i}[size + j], numbers[BETA2], g * g * numbers[REST2]);
  moments${i}[j] = first;
  moments${i}[size + j] = second;
  let scale = fma(sqrt(second), numbers[CORRECTION], numbers[EPSILON]);
  weights${i}[j] -= first * numbers[RATE] / scale;
}`;
  return {
    label: `Adam for ${parameters}`,
    bindings: {
      numbers: 'read',
      ...named<'read' | 'write'>((i) => [
        [`weights${i}`, 'write'],
        [`moments${i}`, 'write'],
        [`gradient${i}`, 'read'],
      ]),
    },
    uniforms: { count: 'u32', ...named<'u32'>((i) => [[`end${i}`, 'u32']]) },
    constants: { BETA1: 0, REST1: 1, BETA2: 2, REST2: 3, EPSILON: 4, RATE: 5, CORRECTION: 6 },
    code: `${places.map(move).join('')}
${forElements(
  places
    .map((i) => `if (i < uniforms.end${i}) { move${i}(i - ${before(i)}); continue; }`)
    .join('\n    '),
)}`,
  };
});

const bits = new Shader({
  label: 'copy',
  bindings: { original: 'read u32', copy: 'write u32' },
  uniforms: { count: 'u32' },
  code: forElements('copy[i] = original[i];'),
});

/** Gives a variable a buffer that is its alone, with the same values. */
function makeOwn(backend: GPUBackend, variable: tf.Variable): void {
  if (backend.isOwn(variable)) return;
  const copy = backend.make(variable.shape);
  const { size } = variable;
  backend.dispatch(bits, [variable, copy], [size], elementGroups(size));
  tf.tidy(() => variable.assign(tf.engine().makeTensorFromTensorInfo(copy)));
}
