import { askedTable1, type Table1RequestOptions } from '@botlab/training';
import { type PlanRunOptions, runAndReport } from '../plan-run';
import { typed } from '../typed';

/** What is typed after `botlab table1`. */
export type Options = Table1RequestOptions & PlanRunOptions;

/** Does what `botlab table1` was asked for. */
export async function run(options: Options): Promise<void> {
  await runAndReport(askedTable1(options, typed()), options);
}
