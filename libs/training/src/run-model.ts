import { join } from 'node:path';
import { Scaler, taskClasses } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { buildModel, getModel } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { loadWeights } from './checkpoint';
import type { RunConfig } from './run-config';
import { RunFolder } from './run-folder';

/** A run's network with what it needs beside it. */
export interface RunModel {
  readonly config: RunConfig;
  readonly model: tf.LayersModel;
  readonly scaler: Scaler;
}

/** The network that a run folder describes, with the weights it began with. The caller disposes of it. */
export function buildRun(folder: RunFolder): RunModel {
  const config = folder.readConfig();
  const scaler = Scaler.fromJSON(folder.readScaler(), join(folder.path, 'scaler.json'));
  const model = buildModel(getModel(config.model), {
    features: scaler.columns.length,
    classes: taskClasses(config.task).length,
    seed: config.seed,
    options: config.options,
  });
  return { config, model, scaler };
}

/** The network of a finished run, with the weights it ended with. The caller disposes of it. */
export function loadRun(path: string): RunModel {
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
  const run = buildRun(folder);
  loadWeights(folder, run.model);
  return run;
}
