import { timeDispatches } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';

/** What one kernel took. */
export interface KernelTime {
  readonly name: string;
  readonly calls: number;
  /** Milliseconds in all, without those of kernels that it called in turn. */
  readonly ms: number;
}

/** Where the time of some work went. */
export interface KernelProfile {
  /** Milliseconds from its beginning to its end. */
  readonly ms: number;
  /** Those of them outside kernels: tfjs and JavaScript, and a graphics card that waits for work. */
  readonly outsideMs: number;
  /** The kernels that were called, the dearest first. */
  readonly kernels: readonly KernelTime[];
}

/**
 * Does some work and says what each kernel of the engine in use took of its time; on a graphics card, what each
 * shader did by the card's clock.
 */
export async function profileKernels(work: () => Promise<unknown>): Promise<KernelProfile> {
  const before = performance.now();
  const dispatches = await timeDispatches(work);
  if (dispatches !== undefined) {
    const ms = performance.now() - before;
    const inside = dispatches.reduce((sum, kernel) => sum + kernel.ms, 0);
    return { ms, outsideMs: Math.max(0, ms - inside), kernels: dispatches };
  }
  const times = new Map<string, { calls: number; ms: number }>();
  const kernels = tf.getKernelsForBackend(tf.getBackend());
  let inner = 0; // time of the kernels that the one under way has called
  for (const kernel of kernels) {
    replace({
      ...kernel,
      kernelFunc: (call) => {
        const before = inner;
        inner = 0;
        const started = performance.now();
        try {
          return kernel.kernelFunc(call);
        } finally {
          const whole = performance.now() - started;
          const time = times.get(kernel.kernelName) ?? { calls: 0, ms: 0 };
          times.set(kernel.kernelName, { calls: time.calls + 1, ms: time.ms + whole - inner });
          inner = before + whole;
        }
      },
    });
  }
  try {
    const started = performance.now();
    await work();
    const ms = performance.now() - started;
    return {
      ms,
      outsideMs: ms - inner,
      kernels: [...times].map(([name, time]) => ({ name, ...time })).sort((a, b) => b.ms - a.ms),
    };
  } finally {
    kernels.forEach(replace);
  }
}

function replace(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
