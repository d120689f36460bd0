import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { GPUCall, GPUKernel } from '../call';
import { elementGroups, forElements } from '../elements';
import { Shader, shaders } from '../shader';

/** Bindings of a parameter: its weights, moments and gradient. */
const BINDINGS = 3;

/**
 * Inputs `weights0`, `moments0` `[2, …]`, `gradient0`, `weights1`, …; outputs the weights and moments after the
 * step, in that order: in place where the buffer is theirs alone. As many parameters go into a dispatch as there
 * are bindings for; none may be empty.
 */
const adamUpdate: GPUKernel = {
  kernelName: 'AdamUpdate',
  run(call) {
    const { backend, attrs } = call;
    const { beta1, beta2, epsilon, rate, correction } = attrs as Record<string, number>;
    const { maxStorageBuffersPerShaderStage } = backend.device.limits;
    const together = Math.floor((maxStorageBuffersPerShaderStage - 1) / BINDINGS);
    // A tensor, where other numbers are uniforms: it is a single buffer that is new with each step.
    const numbers = [beta1!, 1 - beta1!, beta2!, 1 - beta2!, epsilon!, rate!, correction!];
    const step = backend.makeTensorInfo([numbers.length], 'float32', Float32Array.from(numbers));
    const parameters: [TensorInfo, TensorInfo, TensorInfo][] = [];
    for (let i = 0; call.has(`weights${i}`); i++) {
      const [weights, moments] = [inPlace(call, `weights${i}`), inPlace(call, `moments${i}`)];
      parameters.push([weights, moments, call.input(`gradient${i}`)]);
    }
    for (let at = 0; at < parameters.length; at += together) {
      const group = parameters.slice(at, at + together);
      let count = 0;
      const ends = group.map(([{ shape }]) => (count += util.sizeFromShape(shape)));
      const groups = elementGroups(count);
      backend.dispatch(update(group.length), [step, ...group.flat()], [count, ...ends], groups);
    }
    backend.disposeData(step.dataId);
    return parameters.flatMap(([weights, moments]) => [weights, moments]);
  },
};

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

/** An output that begins with an input's bits: in its own buffer where that is its alone. */
function inPlace(call: GPUCall, name: string): TensorInfo {
  const { backend } = call;
  const info = call.input(name);
  if (backend.isOwn(info)) return call.view(name, info.shape);
  const copy = backend.make(info.shape);
  const size = call.size(name);
  backend.dispatch(bits, [info, copy], [size], elementGroups(size));
  return copy;
}

export const adamKernels: readonly GPUKernel[] = [adamUpdate];
