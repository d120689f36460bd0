import { type KernelTime, profileKernels, StepBenchmark } from '@botlab/training';
import { type BenchTask, stepSettings } from './bench-task';
import { warmUp } from '../rounds';

/** Where the time of a model's training step goes; times and calls are of one step. */
export interface StepProfile extends Omit<BenchTask, 'work'> {
  readonly engine: string;
  readonly threads: number;
  readonly ms: number;
  /** Milliseconds outside kernels: tfjs and JavaScript. */
  readonly outsideMs: number;
  readonly kernels: readonly (KernelTime & { readonly share: number })[];
}

/** Measures the training step of a model on the engine in use, kernel by kernel, for some seconds. */
export async function profileStep(
  { model, batch, width }: Omit<BenchTask, 'work'>,
  plan: {
    readonly engine: string;
    readonly threads: number;
    readonly seconds: number;
    readonly signal: AbortSignal;
  },
): Promise<StepProfile> {
  const { engine, threads, seconds, signal } = plan;
  const step = new StepBenchmark(stepSettings({ model, work: 'train', batch, width }));
  try {
    const round = (steps: number) => step.round(steps, signal);
    const steps = await warmUp({ round }, seconds);
    const { ms, outsideMs, kernels } = await profileKernels(() => round(steps));
    return {
      engine,
      model,
      batch,
      width,
      threads,
      ms: ms / steps,
      outsideMs: outsideMs / steps,
      kernels: kernels.map((kernel) => ({
        name: kernel.name,
        calls: kernel.calls / steps,
        ms: kernel.ms / steps,
        share: kernel.ms / ms,
      })),
    };
  } finally {
    step.dispose();
  }
}
