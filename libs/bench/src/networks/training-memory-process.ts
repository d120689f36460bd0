import { useEngine } from '@botlab/engine';
import { StepBenchmark } from '@botlab/training';
import { answerJob } from '../process/answer-of-process';
import { stepSettings } from './bench-task';
import { peakMemoryMB } from '../process/peak-memory';
import type { MemoryAnswer, MemoryJob } from './training-memory';

answerJob(async ({ engine, threads, task, steps }: MemoryJob): Promise<MemoryAnswer> => {
  await useEngine(engine, { threads });
  const benchmark = new StepBenchmark(stepSettings(task));
  await benchmark.round(steps);
  benchmark.dispose();
  return { peakMemoryMB: peakMemoryMB() };
});
