import type { ClassTree } from './class-tree';
import { ForestGrower, type ForestPlan } from './forest-tree';
import type { CodedRows } from './gini-tree';

/** What a worker is sent: first the rows, then the numbers of trees. */
export type ForestJob =
  { readonly data: CodedRows; readonly plan: ForestPlan } | { readonly number: number };

/** What a worker sends: a tree, or what it threw. */
export type ForestMessage =
  { readonly number: number; readonly tree: ClassTree } | { readonly error: Error };

const send = (message: ForestMessage): void => void process.send?.(message);

let grower: ForestGrower | undefined;

process.on('message', (job: ForestJob) => {
  try {
    if ('data' in job) grower = new ForestGrower(job.data, job.plan);
    else send({ number: job.number, tree: grower!.grow(job.number) });
  } catch (error) {
    send({ error: error as Error });
  }
});
// Ctrl-C goes to all processes of a terminal; who asked for the trees says what comes of it.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
