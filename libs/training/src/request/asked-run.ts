import type { Task } from '@botlab/data';
import { parseOptions } from '@botlab/models';
import { getEstimator, requireTask } from '../estimators/registry';
import { experimentFolder, hasPlan, readFacts } from '../experiments/experiment-folder';
import type { DataSpec, RunConfig } from '../run-config';
import { idleOptions } from './idle-options';
import { optionsOf } from './model-options';
import type { RequestOptions } from './request-options';
import { trainingRequest } from './training-request';

/** What can be asked of one run. */
export interface RunRequestOptions extends RequestOptions {
  readonly task: Task;
  /** The folder of experiments, and the one in it that the run becomes a part of. */
  readonly out: string;
  readonly experiment: string;
}

/** A run without what its rows and its machine add, and what to tell the person who asked for it, a line each. */
export interface AskedRun {
  readonly config: Pick<
    RunConfig,
    'experiment' | 'model' | 'options' | 'task' | 'seed' | 'training' | 'data'
  >;
  readonly remarks: readonly string[];
}

/**
 * A run as it is asked for.
 *
 * @throws InputError for an unknown model or option, a task that it cannot do, or values that do not go together
 */
export function askedRun(model: string, options: RunRequestOptions): AskedRun {
  const { task, experiment } = options;
  const estimator = getEstimator(model);
  const set = optionsOf(options.set);
  parseOptions(estimator, set);
  requireTask(estimator, task);
  const { training, data: own } = trainingRequest(options);
  const seed = options.seed ?? 1;
  const data: DataSpec = { ...own, seed: options.resample ? seed : dataSeedIn(options, seed) };
  return {
    config: { experiment, model, options: set, task, seed, training, data },
    remarks: idleOptions(options, estimator),
  };
}

/** The seed that draws the rows: the run's own, but in the folder of a plan whose runs are of the same rows. */
function dataSeedIn({ out, experiment }: RunRequestOptions, seed: number): number {
  const folder = experimentFolder(out, experiment);
  if (!hasPlan(folder)) return seed;
  const { plan } = readFacts(folder);
  return plan.resample ? seed : plan.data.seed;
}
