import { poolingSizes, poolingWindow } from '../../pooling-window';
import type { CompiledKernel } from '../call';
import { grainOf } from '../grain';

/** Input `x`. */
function forward(kernelName: string, kernel: string): CompiledKernel {
  return {
    kernelName,
    run(call, own) {
      const { backend, host } = call;
      const x = call.info('x');
      if (x.dtype !== 'float32') return call.passTo(own);
      const pool = poolingWindow(call.attrs, x.shape);
      const out = backend.make(pool.outShape);
      const places = pool.batchSize * pool.outHeight * pool.outWidth;
      const work = pool.inChannels * (1 + pool.filterHeight * pool.filterWidth);
      host.run(kernel, places, grainOf(work), [
        backend.values(out),
        call.values(x),
        ...host.vocabulary.inOrder('pool', poolingSizes(pool)),
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
      const pool = poolingWindow(call.attrs, input.shape);
      const dx = backend.make(input.shape);
      const work = pool.inHeight * pool.inWidth * pool.inChannels;
      host.run(kernel, pool.batchSize, grainOf(2 * work), [
        backend.values(dx),
        ...(wantsInput ? [call.values(input)] : []),
        call.values(dy),
        ...host.vocabulary.inOrder('pool', poolingSizes(pool)),
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
