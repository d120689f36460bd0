import { join } from 'node:path';
import {
  type ReadOptions,
  Scaler,
  type Source,
  taskClasses,
  taskLabels,
  withLeakage,
} from '@botlab/data';
import { InputError } from '@botlab/errors';
import { buildModel, getModel } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { loadWeights } from './checkpoint';
import { evaluate, type Evaluation, predict, type Predictions } from './evaluation';
import { forTask, prepareData } from './prepare-data';
import type { RunConfig, SourceSpec } from './run-config';
import { RunFolder } from './run-folder';

/** What {@link evaluateRun} needs. */
export interface EvaluateOptions {
  /** Opens a source of data, as `openSource` does. */
  readonly open: (spec: SourceSpec) => Promise<Source>;
  /** Other data than the run's: all its rows are evaluated. */
  readonly other?: SourceSpec;
  readonly read?: ReadOptions;
}

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

/**
 * Scores of a finished run: on the test rows it was made with, or on all rows of other data.
 *
 * @throws InputError when the folder is no finished run or is damaged, or its data have changed
 */
export async function evaluateRun(
  path: string,
  { open, other, read = {} }: EvaluateOptions,
): Promise<{ config: RunConfig; evaluation: Evaluation; source: Source }> {
  const { config, model, scaler } = loadRun(path);
  try {
    const source = await open(other ?? config.data.source);
    const evaluation =
      other === undefined
        ? await onTestRows(source, path, config, model, read)
        : await onAllRows(source, config, model, scaler, read);
    return { config, evaluation, source };
  } finally {
    model.dispose();
  }
}

async function onTestRows(
  source: Source,
  path: string,
  config: RunConfig,
  model: tf.LayersModel,
  read: ReadOptions,
): Promise<Evaluation> {
  const data = await prepareData(source, config.data, read);
  if (data.checksum !== config.checksum) {
    throw new InputError(
      `Cannot evaluate ${path} on its own test rows: the ${source.description} have changed since ` +
        '(their checksum differs); pass --data to evaluate on all rows of a folder.',
    );
  }
  const { test, classes } = forTask(data, config.task);
  return evaluate(await predict(model, test.x), test, classes);
}

/** File by file, so that no more than one file's rows are in memory. */
async function onAllRows(
  source: Source,
  { task, data }: RunConfig,
  model: tf.LayersModel,
  scaler: Scaler,
  read: ReadOptions,
): Promise<Evaluation> {
  const classes = taskClasses(task);
  const truth = new Uint8Array(source.rows);
  const all: Predictions = {
    labels: new Uint8Array(source.rows),
    probabilities: new Float32Array(source.rows * classes.length),
  };
  let done = 0;
  for (const [place, file] of source.files.entries()) {
    const selection = source.files.map((_, i) =>
      i === place ? Uint32Array.from({ length: file.rows }, (_, row) => row) : new Uint32Array(0),
    );
    const table = withLeakage(await source.read(selection, read), data.leakage);
    const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
    const { labels, probabilities } = await predict(model, scaler.transform(table, rows));
    truth.set(taskLabels(task, table.label), done);
    all.labels.set(labels, done);
    all.probabilities.set(probabilities, done * classes.length);
    done += table.rows;
  }
  return evaluate(all, { y: truth }, classes);
}
