import { join } from 'node:path';
import { answerOfProcess } from '../process/answer-of-process';
import type { BenchTask } from './bench-task';

/** Training steps after which memory is read. */
export const MEMORY_STEPS = 10;

/** What the process is sent. */
export interface MemoryJob {
  readonly engine: string;
  readonly threads: number;
  readonly task: BenchTask;
  readonly steps: number;
}

/** What it answers. */
export interface MemoryAnswer {
  readonly peakMemoryMB: number;
}

/** The most memory, in MB, of a process that does nothing but train one model for some steps. */
export async function trainingMemoryMB(
  job: Omit<MemoryJob, 'steps'>,
  signal: AbortSignal,
): Promise<number> {
  const { peakMemoryMB } = await answerOfProcess<MemoryJob, MemoryAnswer>(
    join(__dirname, 'training-memory-process.js'),
    { ...job, steps: MEMORY_STEPS },
    { name: `trains ${job.task.model}`, signal },
  );
  return peakMemoryMB;
}
