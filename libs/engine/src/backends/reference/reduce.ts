import { type KernelConfig, type KernelFunc, util } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';

/**
 * Sum or mean over neighbouring axes, in one pass and without the transposition that tfjs starts
 * with: x is seen as `[outer, reduced, inner]`. Summed in float64. Other axes fall back to tfjs.
 */
function reduction(
  kernelName: 'Sum' | 'Mean',
  fallback: KernelFunc,
): Omit<KernelConfig, 'backendName'> {
  return {
    kernelName,
    kernelFunc: (call) => {
      const host = new HostMemory(call);
      const { shape, dtype } = host.info('x');
      const { axis, keepDims } = call.attrs as unknown as {
        axis: number | number[];
        keepDims: boolean;
      };
      const axes = util.parseAxisParam(axis, shape).sort((p, q) => p - q);
      const first = axes[0] ?? 0;
      const size = util.sizeFromShape(shape);
      const isRange = axes.length > 0 && axes.every((a, i) => a === first + i);
      if (!isRange || dtype !== 'float32' || size === 0) return fallback(call);
      const end = first + axes.length;
      const inner = util.sizeFromShape(shape.slice(end));
      const reduced = util.sizeFromShape(shape.slice(first, end));
      const outer = size / inner / reduced;
      const x = host.read('x');
      const sums = new Float64Array(outer * inner);
      for (let o = 0, from = 0; o < outer; o++) {
        for (let r = 0; r < reduced; r++) {
          for (let i = o * inner; i < (o + 1) * inner; i++, from++) sums[i] = sums[i]! + x[from]!;
        }
      }
      if (kernelName === 'Mean') for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! / reduced;
      const kept = axes.map(() => 1);
      const outShape = [...shape.slice(0, first), ...(keepDims ? kept : []), ...shape.slice(end)];
      return host.write(Float32Array.from(sums), outShape);
    },
  };
}

/** The reductions, each falling back to what `fallback` finds under its name. */
export function reductionKernels(
  fallback: (kernelName: string) => KernelFunc,
): Omit<KernelConfig, 'backendName'>[] {
  return [reduction('Sum', fallback('Sum')), reduction('Mean', fallback('Mean'))];
}
