import { backend_util } from '@tensorflow/tfjs';
import type { CompiledCall, CompiledKernel } from '../call';
import { grainOf } from '../grain';

type Pad = Parameters<typeof backend_util.computePool2DInfo>[4];
type Shape4D = [number, number, number, number];

/** The pooling that a call is about, of an input `[batch, height, width, channels]`. */
function poolOf(call: CompiledCall, shape: number[]): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as {
    filterSize: [number, number];
    strides: [number, number];
    pad: Pad;
    dimRoundingMode?: 'floor';
  };
  return backend_util.computePool2DInfo(
    shape as Shape4D,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** The parameters of the kernels after their arrays. */
function parametersOf(pool: backend_util.Conv2DInfo): number[] {
  return [
    ...[pool.inHeight, pool.inWidth, pool.inChannels, pool.outHeight, pool.outWidth],
    ...[pool.filterHeight, pool.filterWidth, pool.strideHeight, pool.strideWidth],
    ...[pool.padInfo.top, pool.padInfo.left],
  ];
}

/** Input `x`. */
function forward(kernelName: string, kernel: string): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      const { backend, host } = call;
      const x = call.info('x');
      if (x.dtype !== 'float32') return call.passTo(own);
      const pool = poolOf(call, x.shape);
      const out = backend.make(pool.outShape);
      const places = pool.batchSize * pool.outHeight * pool.outWidth;
      const work = pool.inChannels * (1 + pool.filterHeight * pool.filterWidth);
      host.run(kernel, places, grainOf(work), [
        backend.values(out),
        backend.values(x),
        ...parametersOf(pool),
      ]);
      return out;
    },
  };
}

/** Inputs `dy` and `input`, whose values the gradient of the maximum wants. */
function backward(kernelName: string, kernel: string, wantsInput: boolean): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      const { backend, host } = call;
      const input = call.info('input');
      const dy = call.info('dy');
      if (input.dtype !== 'float32' || dy.dtype !== 'float32') return call.passTo(own);
      const pool = poolOf(call, input.shape);
      const dx = backend.make(input.shape);
      const work = pool.inHeight * pool.inWidth * pool.inChannels;
      host.run(kernel, pool.batchSize, grainOf(2 * work), [
        backend.values(dx),
        ...(wantsInput ? [backend.values(input)] : []),
        backend.values(dy),
        ...parametersOf(pool),
      ]);
      return dx;
    },
  };
}

export const poolingKernels: readonly CompiledKernel[] = [
  forward('MaxPool', 'maxPool'),
  forward('AvgPool', 'averagePool'),
  backward('MaxPoolGrad', 'maxPoolGradient', true),
  backward('AvgPoolGrad', 'averagePoolGradient', false),
];
