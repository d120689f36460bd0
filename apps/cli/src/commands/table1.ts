import type { Task } from '@botlab/data';
import {
  baselines,
  getEstimator,
  listEstimators,
  table1Request,
  withOptions,
} from '@botlab/training';
import { seedsFrom, tasksOf } from '../options';
import { type PlanRunOptions, runAndReport, typed } from '../plan-run';
import type { TrainingOptions } from '../training-options';
import { optionsByModel, trainingRequest } from '../training-request';

/** What is typed after `botlab table1`. */
export interface Options extends TrainingOptions, Pick<PlanRunOptions, 'results'> {
  readonly experiment?: string;
  readonly models?: string[];
  readonly baselines: boolean;
  readonly seeds?: number;
  readonly task?: Task;
}

/** Does what `botlab table1` was asked for. */
export async function run(options: Options): Promise<void> {
  const { profile, data, training } = trainingRequest(options);
  const named = options.models ?? listEstimators().flatMap((one) => (one.paper ? [one.name] : []));
  named.forEach(getEstimator); // an unknown name is said first
  const tasks = tasksOf(options.task, data.split);
  if (options.task === undefined && !tasks.includes('multiclass')) {
    process.stderr.write(
      `--split ${data.split}: the multiclass task is left out, as no model can name the attacks held out\n`,
    );
  }
  const held = options.models === undefined && options.baselines ? baselines() : [];
  const typedOptions = optionsByModel(options.set, [...named, ...held.map(({ model }) => model)]);
  const request = table1Request({
    profile,
    models: named,
    options: typedOptions,
    baselines: held.map((variant) => withOptions(variant, typedOptions[variant.model] ?? {})),
    tasks,
    seeds: seedsFrom(options.seed ?? 1, options.seeds ?? 1),
    resample: options.resample === true,
    data,
    training,
    experiment: options.experiment,
    command: typed(),
  });
  await runAndReport(request, options);
}
