import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';

/** Pieces of x along one axis (the gradient of concatenation), copied run by run. */
export const split: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'SplitV',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const host = new HostMemory({ inputs, backend });
    const { shape, dtype } = host.info('x');
    const { numOrSizeSplits, axis } = attrs as unknown as {
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
      return host.write(piece, [...shape.slice(0, along), size, ...shape.slice(along + 1)], dtype);
    });
  },
};
