import { backend_util, type KernelConfig, type KernelFunc, util } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';

/** Pieces of x along one axis (the gradient of concatenation), copied run by run; other types than float32 by `fallback`. */
export function split(fallback: KernelFunc): Omit<KernelConfig, 'backendName'> {
  return {
    kernelName: 'SplitV',
    kernelFunc: (call) => {
      const host = new HostMemory(call);
      const { shape, dtype } = host.info('x');
      if (dtype !== 'float32') return fallback(call);
      const { numOrSizeSplits, axis } = call.attrs as unknown as {
        numOrSizeSplits: number | number[];
        axis: number;
      };
      const [along] = util.parseAxisParam(axis, shape) as [number];
      const sizes = backend_util.prepareSplitSize({ shape } as never, numOrSizeSplits, along);
      const inner = util.sizeFromShape(shape.slice(along + 1));
      const outer = util.sizeFromShape(shape.slice(0, along));
      const run = shape[along]! * inner;
      const x = host.read('x');
      let start = 0;
      return sizes.map((size) => {
        const length = size * inner;
        const piece = new Float32Array(outer * length);
        for (let o = 0; o < outer; o++) {
          const from = o * run + start;
          piece.set(x.subarray(from, from + length), o * length);
        }
        start += length;
        return host.write(piece, [...shape.slice(0, along), size, ...shape.slice(along + 1)]);
      });
    },
  };
}
