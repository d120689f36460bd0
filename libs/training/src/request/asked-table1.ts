import { type SplitKind, type Task, TASKS } from '@botlab/data';
import type { Estimator } from '../estimators/estimator';
import { getEstimator, listEstimators, requireTask } from '../estimators/registry';
import { baselines } from '../experiments/baselines';
import { table1Request } from '../experiments/table1';
import { withOptions } from '../experiments/variant';
import type { AskedPlan } from './asked-plan';
import { idleOptions } from './idle-options';
import { optionsByModel } from './model-options';
import type { RequestOptions } from './request-options';
import { seedsFrom } from './seeds';
import { trainingRequest } from './training-request';

/** What can be asked of Table 1. */
export interface Table1RequestOptions extends RequestOptions {
  readonly experiment?: string;
  /** The paper's, where it is left out. */
  readonly models?: readonly string[];
  /** Whether baselines stand below the paper's models. */
  readonly baselines: boolean;
  readonly seeds?: number;
  readonly task?: Task;
}

/**
 * Table 1 as it is asked for.
 *
 * @param command as it was typed
 * @throws InputError for an unknown model, a task that one cannot do, or values that do not go together
 */
export function askedTable1(options: Table1RequestOptions, command: string): AskedPlan {
  const { profile, data, training } = trainingRequest(options);
  const named = options.models ?? listEstimators().flatMap((one) => (one.paper ? [one.name] : []));
  const estimators = named.map(getEstimator); // an unknown name is said first
  const { task } = options;
  const tasks = task === undefined ? tasksOf(data.split) : [task];
  if (task !== undefined) estimators.forEach((estimator) => requireTask(estimator, task));
  const held = options.models === undefined && options.baselines ? baselines() : [];
  const typed = optionsByModel(options.set, [...named, ...held.map(({ model }) => model)]);
  const request = table1Request({
    profile,
    models: named,
    options: typed,
    baselines: held.map((variant) => withOptions(variant, typed[variant.model] ?? {})),
    tasks,
    possibleTasks: task === undefined,
    seeds: seedsFrom(options.seed ?? 1, options.seeds ?? 1),
    resample: options.resample === true,
    data,
    training,
    experiment: options.experiment,
    command,
  });
  const families =
    task === undefined && !tasks.includes('multiclass')
      ? `--split ${data.split}: the multiclass task is left out, as no model can name the attacks held out`
      : undefined;
  // Beside networks, options that are for them have their effect.
  const idle = estimators.some(({ kind }) => kind === 'network')
    ? []
    : estimators.flatMap((estimator) => idleOptions(options, estimator));
  const left = task === undefined ? leftOut(estimators, tasks) : [];
  return { request, remarks: [...(families === undefined ? [] : [families]), ...idle, ...left] };
}

/** Both tasks, but where the test rows are of attacks that are never trained on, which no model can name. */
function tasksOf(split: SplitKind): readonly Task[] {
  return split === 'family' ? ['binary'] : TASKS;
}

/** What is said of tasks that nobody asked for, and that a model cannot do. */
function leftOut(estimators: readonly Estimator[], tasks: readonly Task[]): string[] {
  return estimators.flatMap(({ name, tasks: can }) => {
    const others = tasks.filter((task) => !can.includes(task));
    if (others.length === 0) return [];
    return [`${name}: the ${others.join(' and the ')} task is left out, which it cannot do`];
  });
}
