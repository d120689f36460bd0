import { join } from 'node:path';
import { Scaler, taskClasses } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { buildModel } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { loadWeights } from './checkpoint';
import type { Estimator, FittedEstimator } from './estimators/estimator';
import { getEstimator } from './estimators/registry';
import { findEstimator } from './experiments/estimator-order';
import type { RunConfig } from './run-config';
import { RunFolder } from './run-folder';

/** A run's network with what it needs beside it. */
export interface RunModel {
  readonly config: RunConfig;
  readonly model: tf.LayersModel;
  readonly scaler: Scaler;
}

/** What a run has fitted, with what it needs beside it. */
export interface RunEstimator {
  readonly config: RunConfig;
  readonly fitted: FittedEstimator;
  readonly scaler: Scaler;
}

/**
 * The network that a run folder describes, with the weights it began with. The caller disposes of it.
 *
 * @param known what the run is of, where that may no longer be what the registry has under its name
 * @throws InputError when the run is of no network, or a file of its folder is damaged
 */
export function buildRun(folder: RunFolder, known?: Estimator): RunModel {
  const { config, scaler } = describe(folder);
  const estimator = known ?? estimatorOf(config, folder);
  if (estimator.kind !== 'network') {
    throw new InputError(
      `Cannot build the network of ${folder.path}: it is a run of ${config.model}, which is none.`,
    );
  }
  const model = buildModel(estimator.definition, {
    features: scaler.columns.length,
    classes: taskClasses(config.task).length,
    seed: config.seed,
    options: config.options,
  });
  return { config, model, scaler };
}

/**
 * The network of a finished run, with the weights it ended with. The caller disposes of it.
 *
 * @throws InputError when the folder is no finished run of a network, or is damaged
 */
export function loadRun(path: string, known?: Estimator): RunModel {
  const folder = finished(path);
  const run = buildRun(folder, known);
  try {
    loadWeights(folder.weights, run.model);
  } catch (error) {
    run.model.dispose();
    throw error;
  }
  return run;
}

/**
 * What a finished run has fitted, a network or another estimator. The caller disposes of it.
 *
 * @throws InputError when the folder is no finished run, or is damaged
 */
export async function loadEstimator(path: string, known?: Estimator): Promise<RunEstimator> {
  const folder = finished(path);
  const { config, scaler } = describe(folder);
  const fitted = await (known ?? estimatorOf(config, folder)).load(folder.weights, {
    features: scaler.columns.length,
    classes: taskClasses(config.task).length,
    options: config.options,
  });
  return { config, scaler, fitted };
}

/** The estimator that a run is of. @throws InputError that names the plugin which defined it, where it is missing */
function estimatorOf({ model, environment }: RunConfig, { path }: RunFolder): Estimator {
  const { plugin } = environment;
  if (plugin !== undefined && findEstimator(model) === undefined) {
    throw new InputError(
      `Cannot use the run ${path}: its model "${model}" is defined by a plugin; add --plugin ${plugin}.`,
    );
  }
  return getEstimator(model);
}

function describe(folder: RunFolder): Pick<RunEstimator, 'config' | 'scaler'> {
  const config = folder.readConfig();
  return {
    config,
    scaler: Scaler.fromJSON(folder.readScaler(), join(folder.path, 'scaler.json')),
  };
}

/** The folder of a run that has ended. */
function finished(path: string): RunFolder {
  const folder = new RunFolder(path);
  if (!folder.exists) {
    throw new InputError(
      `Cannot evaluate ${path}: it is not a run folder (no config.json); expected one such as runs/table1-quick/binary/gru/1.`,
    );
  }
  if (!folder.isDone) {
    throw new InputError(
      `Cannot evaluate ${path}: the run is not finished; run the command that started it again.`,
    );
  }
  return folder;
}
