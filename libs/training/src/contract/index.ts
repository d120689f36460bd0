/**
 * The door `@botlab/training/contract`: what everything that can be a row of Table 1 keeps to, as tests for jest,
 * node:test or any other runner.
 */
import { type Check, descriptionChecks } from '@botlab/models/contract';
import type { Estimator } from '../estimators/estimator';
import { FittedRuns } from './fitted-runs';
import { refusalChecks } from './refusal-checks';
import { taskChecks } from './task-checks';

export type { Check };

/**
 * The checks of an estimator, each task that it can do for itself: it is trained on 120 made-up rows, saved,
 * loaded and damaged. A network is one too: `getEstimator` gives it; what it is beside that,
 * `modelContract` of `@botlab/models/contract` checks.
 *
 * @param out a folder for its run folders, which the caller removes
 */
export function estimatorContract(estimator: Estimator, out: string): Check[] {
  const runs = new FittedRuns(estimator, out);
  return [
    ...descriptionChecks(estimator),
    ...estimator.tasks.flatMap((task) => taskChecks(runs, task)),
    ...refusalChecks(runs),
  ];
}
