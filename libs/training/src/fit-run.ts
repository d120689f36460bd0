import type { Estimator, FittedEstimator } from './estimators/estimator';
import { fitAtOnce } from './fit-at-once';
import type { TrainOptions } from './train-options';
import { fitNetwork } from './fit-network';
import type { RunConfig } from './run-config';
import type { EpochRecord, RunFolder } from './run-folder';
import type { TaskData } from './task-data';

/** What a run has fitted, with its file written. The caller disposes of it. */
export interface RunFit {
  readonly fitted: FittedEstimator;
  /** SHA-256 of what was saved. */
  readonly weights: string;
  /** An entry an epoch; none where there are no epochs. */
  readonly history: readonly EpochRecord[];
  /** Seconds of fitting, over all the sittings of the run. */
  readonly seconds: number;
}

/** Fits the run's estimator from wherever its folder is: a network in epochs, anything else at once. */
export function fitRun(
  estimator: Estimator,
  config: RunConfig,
  task: TaskData,
  folder: RunFolder,
  options: TrainOptions,
): Promise<RunFit> {
  return estimator.kind === 'network'
    ? fitNetwork(estimator.definition, config, task, folder, options)
    : fitAtOnce(estimator, config, task, folder, options);
}
