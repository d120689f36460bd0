import { util } from '@tensorflow/tfjs';
import type { CompiledKernel } from '../call';
import { grainOf } from '../grain';

/** Inputs `x` `[…, length]`, `gamma` and `beta` `[length]`; outputs the result, and statistics for the gradient. */
const layerNorm: CompiledKernel = {
  kernelName: 'LayerNorm',
  run(call) {
    const { backend, host } = call;
    const shape = call.shape('x');
    const length = shape.at(-1)!;
    const rows = util.sizeFromShape(shape) / length;
    const out = backend.make(shape);
    const statistics = backend.make([rows, 2]);
    host.run('layerNorm', rows, grainOf(length), [
      ...[backend.values(out), backend.values(statistics)],
      ...[call.values('x'), call.values('gamma'), call.values('beta')],
      ...[length, call.attrs['epsilon'] as number],
    ]);
    return [out, statistics];
  },
};

/** Inputs `dy`, `x`, `gamma` and `statistics`; outputs the gradients of x, gamma and beta. */
const layerNormGrad: CompiledKernel = {
  kernelName: 'LayerNormGrad',
  run(call) {
    const { backend, host } = call;
    const shape = call.shape('x');
    const length = shape.at(-1)!;
    const rows = util.sizeFromShape(shape) / length;
    const grain = Math.max(grainOf(length), Math.ceil(rows / 256));
    const parts = Math.ceil(rows / grain);
    const [dx, dGamma, dBeta] = [shape, [length], [length]].map((shape) => backend.make(shape));
    const partial = host.allocate(2 * parts * length);
    const sums = [partial.subarray(0, parts * length), partial.subarray(parts * length)];
    host.run('layerNormGradient', rows, grain, [
      ...[backend.values(dx!), ...sums, call.values('dy'), call.values('x')],
      ...[call.values('gamma'), call.values('statistics'), length],
    ]);
    for (const [i, info] of [dGamma!, dBeta!].entries()) {
      const operands = [backend.values(info), sums[i]!, parts, length, parts, 1, length, 1, 1];
      host.run('sumColumns', 1, 1, operands);
    }
    host.release(partial);
    return [dx!, dGamma!, dBeta!];
  },
};

export const layerNormKernels: readonly CompiledKernel[] = [layerNorm, layerNormGrad];
