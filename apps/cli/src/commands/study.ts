import { askedStudy, readStudy, type StudyRequestOptions } from '@botlab/training';
import { type PlanRunOptions, runAndReport } from '../plan-run';
import { typed } from '../typed';

/** What is typed after `botlab study`, beside the file. */
export type Options = StudyRequestOptions & PlanRunOptions;

/** Does what `botlab study` was asked for. */
export async function run(file: string, options: Options): Promise<void> {
  await runAndReport(askedStudy(readStudy(file), options, typed()), options);
}
