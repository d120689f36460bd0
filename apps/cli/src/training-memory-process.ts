import { useEngine } from '@botlab/engine';
import { StepBenchmark } from '@botlab/training';
import { stepSettings } from './bench-task';
import { peakMemoryMB } from './peak-memory';
import type { MemoryAnswer, MemoryJob } from './training-memory';

/** The program of a process of its own: trains the one model that it is sent, answers, and ends. */
async function measure({ engine, threads, task, steps }: MemoryJob): Promise<MemoryAnswer> {
  await useEngine(engine, { threads });
  const benchmark = new StepBenchmark(stepSettings(task));
  await benchmark.round(steps);
  benchmark.dispose();
  return { peakMemoryMB: peakMemoryMB() };
}

process.once('message', (job: MemoryJob) => {
  measure(job)
    .catch((error: unknown): MemoryAnswer => ({ fault: String(error) }))
    .then((answer) => process.send!(answer, () => process.exit()))
    .catch(() => process.exit(1));
});
process.once('disconnect', () => process.exit(1));
