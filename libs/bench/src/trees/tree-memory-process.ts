import { useEngine } from '@botlab/engine';
import { answerJob } from '../process/answer-of-process';
import { peakMemoryMB } from '../process/peak-memory';
import type { MemoryAnswer } from '../networks/training-memory';
import { OurTrees } from './our-trees';
import type { TreeMemoryJob } from './tree-memory';
import { readTreeRows } from './tree-rows';

answerJob(async ({ engine, threads, task, rows }: TreeMemoryJob): Promise<MemoryAnswer> => {
  await useEngine(engine, { threads });
  await new OurTrees(await readTreeRows(rows), { threads }).fit(task);
  return { peakMemoryMB: peakMemoryMB() };
});
