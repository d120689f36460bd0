import { util } from '@tensorflow/tfjs';
import { groupsOf } from '../../axis-groups';
import type { GPUKernel } from '../call';
import { elementGroups, forElements } from '../elements';
import { shaders } from '../shader';

/** An element of dx for each thread; groups of axes are kept and reduced in turn. */
const spread = shaders((groups: number, isFirstReduced: boolean) => {
  const sizes = Array.from({ length: groups }, (_, group) => `size${group}`);
  const steps = sizes.map((size, group) => {
    const isReduced = (group % 2 === 0) === isFirstReduced;
    const step = `source += rest % uniforms.${size} * stride; stride *= uniforms.${size};`;
    return `${isReduced ? '' : step} rest /= uniforms.${size};`;
  });
  return {
    label: `spread over ${groups} groups of axes`,
    bindings: { dy: 'read', dx: 'write' },
    uniforms: {
      count: 'u32',
      divisor: 'f32',
      ...Object.fromEntries(sizes.map((size) => [size, 'u32' as const])),
    },
    code: forElements(/* wgsl */ `
    var rest = i;
    var source = 0u;
    var stride = 1u;
    ${steps.reverse().join('\n    ')}
    dx[i] = dy[source] / uniforms.divisor;
    `),
  };
});

/**
 * The gradient of a sum or mean. Input `dy`, which has an element for each that the attribute `axes` of `shape`
 * leaves; output dx of that shape: dy / `divisor`, along the axes everywhere the same. In one dispatch.
 */
const spreadGradient: GPUKernel = {
  kernelName: 'SpreadGradient',
  run(call) {
    const { backend } = call;
    const { shape, axes, divisor } = call.attrs as unknown as {
      shape: number[];
      axes: number[];
      divisor: number;
    };
    const dx = backend.make(shape);
    const count = util.sizeFromShape(shape);
    if (count === 0) return dx;
    const groups = groupsOf(shape, axes);
    const shader = spread(groups.length, groups[0]?.isReduced === true);
    const sizes = groups.map(({ size }) => size);
    backend.dispatch(
      shader,
      [call.input('dy'), dx],
      [count, divisor, ...sizes],
      elementGroups(count),
    );
    return dx;
  },
};

export const spreadGradientKernels: readonly GPUKernel[] = [spreadGradient];
