import { fork } from 'node:child_process';
import { join } from 'node:path';
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
export type MemoryAnswer = { readonly peakMemoryMB: number } | { readonly fault: string };

/** The most memory, in MB, of a process that does nothing but train one model for some steps. */
export function trainingMemoryMB(
  job: Omit<MemoryJob, 'steps'>,
  signal: AbortSignal,
): Promise<number> {
  const child = fork(join(__dirname, 'training-memory-process.js'), {
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (answer: MemoryAnswer) => {
      if ('fault' in answer) reject(new Error(answer.fault));
      else resolve(answer.peakMemoryMB);
    });
    child.once('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error));
    child.once('exit', (code, name) =>
      reject(new Error(`The process that trains ${job.task.model} ended early (${name ?? code})`)),
    );
    child.send({ ...job, steps: MEMORY_STEPS } satisfies MemoryJob);
  });
}
