import type { Task } from '@botlab/data';
import {
  baselines,
  type Estimator,
  getEstimator,
  listEstimators,
  requireTask,
  table1Request,
  withOptions,
} from '@botlab/training';
import { idleOptions } from '../network-options';
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

/** What is said of tasks that nobody asked for, and that a model cannot do. */
function leftOut(estimators: readonly Estimator[], tasks: readonly Task[]): string[] {
  return estimators.flatMap(({ name, tasks: can }) => {
    const others = tasks.filter((task) => !can.includes(task));
    if (others.length === 0) return [];
    return [`${name}: the ${others.join(' and the ')} task is left out, which it cannot do`];
  });
}

/** Does what `botlab table1` was asked for. */
export async function run(options: Options): Promise<void> {
  const { profile, data, training } = trainingRequest(options);
  const named = options.models ?? listEstimators().flatMap((one) => (one.paper ? [one.name] : []));
  const estimators = named.map(getEstimator); // an unknown name is said first
  const tasks = tasksOf(options.task, data.split);
  const { task } = options;
  if (task !== undefined) estimators.forEach((estimator) => requireTask(estimator, task));
  const held = options.models === undefined && options.baselines ? baselines() : [];
  const typedOptions = optionsByModel(options.set, [...named, ...held.map(({ model }) => model)]);
  const request = table1Request({
    profile,
    models: named,
    options: typedOptions,
    baselines: held.map((variant) => withOptions(variant, typedOptions[variant.model] ?? {})),
    tasks,
    possibleTasks: task === undefined,
    seeds: seedsFrom(options.seed ?? 1, options.seeds ?? 1),
    resample: options.resample === true,
    data,
    training,
    experiment: options.experiment,
    command: typed(),
  });
  if (task === undefined && !tasks.includes('multiclass')) {
    process.stderr.write(
      `--split ${data.split}: the multiclass task is left out, as no model can name the attacks held out\n`,
    );
  }
  // Beside networks, options that are for them have their effect.
  const idle = estimators.some(({ kind }) => kind === 'network')
    ? []
    : estimators.flatMap((estimator) => idleOptions(options, estimator));
  for (const line of idle) process.stderr.write(`${line}\n`);
  for (const left of task === undefined ? leftOut(estimators, tasks) : []) {
    process.stderr.write(`${left}\n`);
  }
  await runAndReport(request, options);
}
