import { dispatchesSoFar } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { StepBenchmark } from '@botlab/training';
import { type BenchTask, stepSettings } from './bench-task';

/** How often a training step asks the graphics card to compute something. */
export interface DispatchCount extends Omit<BenchTask, 'work'> {
  readonly engine: string;
  readonly dispatchesPerStep: number;
}

/** Steps over which the dispatches are counted, after one that prepares what all others use. */
const STEPS = 4;

/**
 * Counts the dispatches of a model's training step on the engine in use.
 *
 * @throws InputError where the engine has no dispatches to count
 */
export async function countDispatches(
  { model, batch, width }: Omit<BenchTask, 'work'>,
  { engine, signal }: { readonly engine: string; readonly signal: AbortSignal },
): Promise<DispatchCount> {
  if (dispatchesSoFar() === undefined) {
    throw new InputError(
      `Cannot count the dispatches of the engine "${engine}": it has none; use --engine webgpu.`,
    );
  }
  const step = new StepBenchmark(stepSettings({ model, work: 'train', batch, width }));
  try {
    await step.round(1, signal);
    const before = dispatchesSoFar()!;
    await step.round(STEPS, signal);
    const dispatchesPerStep = (dispatchesSoFar()! - before) / STEPS;
    return { engine, model, batch, width, dispatchesPerStep };
  } finally {
    step.dispose();
  }
}
