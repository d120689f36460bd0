import { type KernelConfig, type KernelFunc, util } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';

/** Repeats x along its leading axes (the gradient of batch normalisation), copied whole; else by `fallback`. */
export function tile(fallback: KernelFunc): Omit<KernelConfig, 'backendName'> {
  return {
    kernelName: 'Tile',
    kernelFunc: (call) => {
      const host = new HostMemory(call);
      const { shape, dtype } = host.info('x');
      const { reps } = call.attrs as unknown as { reps: number[] };
      // Copies of the whole follow one another when nothing before the last repeated axis has a size.
      const last = reps.findLastIndex((count) => count !== 1);
      const whole = shape.slice(0, Math.max(last, 0)).every((size) => size === 1);
      if (dtype !== 'float32' || reps.length !== shape.length || !whole) return fallback(call);
      const x = host.read('x');
      const out = new Float32Array(x.length * util.sizeFromShape(reps));
      for (let start = 0; start < out.length; start += x.length) out.set(x, start);
      return host.write(
        out,
        shape.map((size, axis) => size * reps[axis]!),
      );
    },
  };
}
