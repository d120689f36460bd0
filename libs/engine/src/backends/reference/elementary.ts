import type { KernelConfig } from '@tensorflow/tfjs';
import { HostMemory } from '../host-memory';

type Kernel = Omit<KernelConfig, 'backendName'>;

// Klambauer et al. 2017, "Self-normalizing neural networks" (arXiv:1706.02515), section 2.
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

/** erf(x): by its series, and from 2.5 on by the continued fraction of 1 − erf(x). */
function errorFunction(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size > 6) return Number.isNaN(x) ? x : Math.sign(x); // 1 − 2e-17
  let result = 0;
  if (size < 2.5) {
    for (let n = 0, power = size; n < 50; n++, power *= -(size * size) / n) {
      result += power / (2 * n + 1);
    }
    result *= 2 / Math.sqrt(Math.PI);
  } else {
    for (let k = 50; k > 0; k--) result = k / 2 / (size + result);
    result = 1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + result);
  }
  return Math.sign(x) * result;
}

/** A function of each number, computed in float64. */
function elementary(kernelName: string, of: (x: number) => number): Kernel {
  return {
    kernelName,
    kernelFunc: (call) => {
      const host = new HostMemory(call);
      return host.write(host.read('x').map(of), host.info('x').shape);
    },
  };
}

/** Functions that lose their digits near 0 in tfjs's own kernels. */
export const elementaryKernels: readonly Kernel[] = [
  elementary('Elu', (x) => (x >= 0 ? x : Math.expm1(x))),
  elementary('Erf', errorFunction),
  elementary('Selu', (x) => SCALE * (x >= 0 ? x : ALPHA * Math.expm1(x))),
];
