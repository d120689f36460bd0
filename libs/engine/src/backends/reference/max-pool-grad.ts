import type { KernelConfig } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';
import { poolingWindow } from '../pooling-window';

/**
 * dL/dx of max pooling: each output's gradient goes to the first greatest place of its window.
 *
 * As in tfjs, NaN is never the greatest: a window of NaN or −∞ alone, or of padding alone, has no
 * greatest place and its gradient goes nowhere.
 */
export const maxPoolGrad: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'MaxPoolGrad',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const host = new HostMemory({ inputs, backend });
    const shape = host.info('input').shape as [number, number, number, number];
    const g = poolingWindow(attrs ?? {}, shape);
    const x = host.read('input');
    const dy = host.read('dy');
    const dx = new Float32Array(x.length);
    const channels = g.inChannels;
    const best = new Int32Array(channels);
    for (let b = 0, place = 0; b < g.batchSize; b++) {
      for (let oy = 0; oy < g.outHeight; oy++) {
        for (let ox = 0; ox < g.outWidth; ox++, place += channels) {
          best.fill(-1);
          for (let fy = 0; fy < g.filterHeight; fy++) {
            const y = oy * g.strideHeight - g.padInfo.top + fy;
            if (y < 0 || y >= g.inHeight) continue;
            for (let fx = 0; fx < g.filterWidth; fx++) {
              const column = ox * g.strideWidth - g.padInfo.left + fx;
              if (column < 0 || column >= g.inWidth) continue;
              const pixel = ((b * g.inHeight + y) * g.inWidth + column) * channels;
              for (let c = 0; c < channels; c++) {
                const held = best[c]!;
                const greatest = held < 0 ? -Infinity : x[held]!;
                if (x[pixel + c]! > greatest) best[c] = pixel + c;
              }
            }
          }
          for (let c = 0; c < channels; c++) {
            const held = best[c]!;
            if (held >= 0) dx[held] = dx[held]! + dy[place + c]!;
          }
        }
      }
    }
    return host.write(dx, shape);
  },
};
