import { useEngine } from '@botlab/engine';
import { StepBenchmark } from '@botlab/training';
import { stepSettings } from './bench-task';
import type { Opponent, OpponentSettings } from './opponent';
import { trainingMemoryMB } from './training-memory';

const engine = 'tensorflow';

/**
 * The same models on TensorFlow's kernels, in this process: the engine `tensorflow`.
 *
 * @throws InputError where tfjs-node is not installed
 */
export async function tensorflowOpponent(settings: OpponentSettings): Promise<Opponent> {
  const { threads, signal } = settings;
  /** Does something with TensorFlow in use, then goes back to the engine that it is compared with. */
  const there = async <T>(work: () => T | Promise<T>): Promise<T> => {
    await useEngine(engine, { threads });
    try {
      return await work();
    } finally {
      await useEngine(settings.engine, { threads });
    }
  };
  const { detail } = await useEngine(engine, { threads });
  await useEngine(settings.engine, { threads });
  return {
    title: `TensorFlow (${detail})`,
    enter: async (task) => {
      const benchmark = await there(() => new StepBenchmark(stepSettings(task)));
      return {
        round: (steps) => there(() => benchmark.round(steps, signal)),
        dispose: () => benchmark.dispose(),
      };
    },
    trainingMemoryMB: (task) => trainingMemoryMB({ engine, threads, task }, signal),
    close: () => Promise.resolve(),
  };
}
