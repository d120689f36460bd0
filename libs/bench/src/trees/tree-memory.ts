import { join } from 'node:path';
import { answerOfProcess } from '../process/answer-of-process';
import type { MemoryAnswer } from '../networks/training-memory';
import type { TreeRowsFolder } from './tree-rows';
import type { TreeTask } from './tree-task';

/** What the process is sent. */
export interface TreeMemoryJob {
  readonly engine: string;
  readonly threads: number;
  readonly task: TreeTask;
  readonly rows: TreeRowsFolder;
}

/** The most memory, in MB, of a process that does nothing but read the rows and fit one model. */
export async function treeMemoryMB(job: TreeMemoryJob, signal: AbortSignal): Promise<number> {
  const { peakMemoryMB } = await answerOfProcess<TreeMemoryJob, MemoryAnswer>(
    join(__dirname, 'tree-memory-process.js'),
    job,
    { name: `fits ${job.task.model}`, signal },
  );
  return peakMemoryMB;
}
