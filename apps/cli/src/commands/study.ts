import type { Task } from '@botlab/data';
import { basename, resolve } from 'node:path';
import { readStudy } from '@botlab/training';
import { type PlanRunOptions, runAndReport, typed } from '../plan-run';
import { leftOutBy, studyRequest } from '../study-request';
import type { TrainingOptions } from '../training-options';

/** What is typed after `botlab study`, beside the file. */
export interface Options extends TrainingOptions, Pick<PlanRunOptions, 'results'> {
  readonly experiment?: string;
  readonly models?: string[];
  readonly seeds?: number;
  readonly task?: Task;
  readonly transfer?: string;
}

/** Does what `botlab study` was asked for. */
export async function run(file: string, options: Options): Promise<void> {
  const study = readStudy(file);
  const others =
    options.transfer === undefined
      ? []
      : [
          {
            name: basename(resolve(options.transfer)),
            source: { kind: 'csv' as const, folder: resolve(options.transfer) },
          },
        ];
  const request = studyRequest(study, options);
  const left = leftOutBy(study, options);
  if (left !== undefined) process.stderr.write(`${left}\n`);
  const transfer = [...request.transfer, ...others];
  await runAndReport({ ...request, transfer, command: typed() }, options);
}
