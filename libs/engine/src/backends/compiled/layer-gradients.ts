import type { TensorInfo } from '@tensorflow/tfjs';
import type { CompiledCall } from './call';
import { gradients, type Window } from './convolution';

/**
 * The gradients of a layer that is a convolution, from the inputs `x`, `kernel`, `dy`, and `y` if its
 * activation is relu: dx (if the attribute `inputGradient` is true), dKernel and dBias.
 */
export function layerGradients(call: CompiledCall, w: Window): TensorInfo[] {
  const { backend, host } = call;
  const dKernel = backend.make(call.shape('kernel'));
  const dBias = backend.make([w.outChannels]);
  const dx = call.attrs['inputGradient'] === true ? backend.make(call.shape('x')) : null;
  gradients(host, w, {
    x: call.values('x'),
    filter: call.values('kernel'),
    dy: call.values('dy'),
    y: call.optional('y'),
    dx: dx && backend.values(dx),
    dFilter: backend.values(dKernel),
    dBias: backend.values(dBias),
  });
  return dx ? [dx, dKernel, dBias] : [dKernel, dBias];
}
