import { writeParquet } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { removeLeftovers, writeThrough } from '@botlab/files';
import { buildModel, countParameters, getModel, parseOptions } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { lastPosition, loadWeights, saveWeights } from './checkpoint';
import { engineText } from './environment';
import { evaluate, predict, type Predictions } from './evaluation';
import { fit, isOver, type TrainOptions } from './fit';
import { forTask, type PreparedData, type TaskData } from './prepare-data';
import { Recovery } from './recovery';
import type { RunConfig } from './run-config';
import { type EpochRecord, RunFolder } from './run-folder';
import type { RunMetrics } from './run-metrics';

/** A finished run. */
export interface Run {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly metrics: RunMetrics;
  readonly history: readonly EpochRecord[];
  /** Whether it had been finished before, and was only read. */
  readonly skipped: boolean;
}

/**
 * Trains a model by Adam on sparse categorical cross-entropy (the paper, section 4.3) in a run folder,
 * evaluates it on the test rows, and returns the run.
 *
 * A run that was interrupted, even killed, goes on from its last checkpoint and ends with the same
 * weights, to the bit, as one that was not: what each step does follows from the seed, the epoch
 * and the step. A finished run is read, not repeated. Where the device of the engine is lost, the run goes on
 * by itself: on the same engine, started anew; where it is lost again, on the processor, with other bits.
 *
 * @throws InputError when the run folder holds a run with another configuration, or is damaged
 */
export async function train(
  config: RunConfig,
  data: PreparedData,
  options: TrainOptions,
): Promise<Run> {
  const definition = getModel(config.model);
  const full = { ...config, options: parseOptions(definition, config.options) };
  const folder = RunFolder.of(options.out, full);
  const task = forTask(data, full.task);
  removeLeftovers(folder.path);
  claim(folder, full);
  if (folder.isDone) {
    const [metrics, history] = [folder.readMetrics(), folder.readHistory()];
    return { folder, config: folder.readConfig(), metrics, history, skipped: true };
  }
  folder.noteEngine(full.environment.engine);
  folder.writeScaler(data.scaler);
  const [metrics, history] = await new Recovery(options).during(
    () => runToEnd(full, task, data, folder, options),
    (engine) => {
      folder.noteEngine(engineText(engine));
      return placeIn(folder, full);
    },
  );
  return { folder, config: folder.readConfig(), metrics, history, skipped: false };
}

/** Trains from the last checkpoint to the end, and leaves a finished run in its folder. */
async function runToEnd(
  config: RunConfig,
  task: TaskData,
  data: PreparedData,
  folder: RunFolder,
  options: TrainOptions,
): Promise<[RunMetrics, EpochRecord[]]> {
  const model = buildModel(getModel(config.model), {
    features: task.features,
    classes: task.classes.length,
    seed: config.seed,
    options: config.options,
  });
  try {
    const history = await fit(model, config, task, folder, options);
    const weights = await finalWeights(folder, model, config);
    const predictions = await predict(model, task.test.x);
    const metrics: RunMetrics = {
      epochs: history.length,
      params: countParameters(model),
      seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
      weights,
      synthetic: data.source.synthetic,
      ...evaluate(predictions, task.test, task.classes),
    };
    await writePredictions(folder, predictions, task, data);
    folder.writeMetrics(metrics);
    folder.finish();
    return [metrics, history];
  } finally {
    model.dispose();
  }
}

/** From where an interrupted run goes on, in words. */
function placeIn(folder: RunFolder, { training }: RunConfig): string {
  const { epoch, step } = lastPosition(folder);
  const history = folder.readHistory().slice(0, epoch);
  return epoch >= training.epochs || isOver(history, training.earlyStopping?.patience)
    ? 'with the test rows'
    : `from epoch ${epoch + 1}, step ${step + 1}`;
}

/** What two configurations must share to be of the same run: all but where and with what it ran. */
function identity(config: RunConfig): Record<string, unknown> {
  const { model, options, task, seed, checksum, training } = config;
  const {
    sample,
    split,
    testFraction,
    heldOut,
    leakage,
    drop,
    scaler,
    seed: dataSeed,
  } = config.data;
  return {
    ...{ model, options, task, seed, ...training },
    ...{ sample, split, testFraction, heldOut, leakage, drop, scaler, dataSeed, checksum },
  };
}

/** Writes the configuration into a new folder; in one that has some, makes sure that it is the same. */
function claim(folder: RunFolder, config: RunConfig): void {
  if (!folder.exists) return folder.writeConfig(config);
  const before = identity(folder.readConfig());
  const now = identity(config);
  const differs = [...new Set([...Object.keys(before), ...Object.keys(now)])].find(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]),
  );
  if (differs === undefined) return;
  throw new InputError(
    `Cannot go on in ${folder.path}: it holds a run with ${differs} ${JSON.stringify(before[differs])}, ` +
      `not ${JSON.stringify(now[differs])}; choose another --out, or delete that folder.`,
  );
}

/** Leaves in the model and in the folder the weights that the run ends with, and returns their checksum. */
async function finalWeights(
  folder: RunFolder,
  model: tf.LayersModel,
  config: RunConfig,
): Promise<string> {
  if (config.training.earlyStopping) loadWeights(folder, model);
  return saveWeights(folder, model);
}

/** Writes the prediction for each test row: where it is from, truth, prediction, probabilities. */
async function writePredictions(
  folder: RunFolder,
  { labels, probabilities }: Predictions,
  { test, classes }: TaskData,
  { table }: PreparedData,
): Promise<void> {
  const column = (c: number) =>
    Float32Array.from(labels, (_, row) => probabilities[row * classes.length + c]!);
  const columns = {
    file: Array.from(test.rows, (row) => table.files[table.file[row]!]!.name),
    row: Int32Array.from(test.rows, (row) => table.row[row]!),
    truth: Array.from(test.y, (label) => classes[label]!),
    prediction: Array.from(labels, (label) => classes[label]!),
    ...Object.fromEntries(classes.map((name, c) => [`p(${name})`, column(c)])),
  };
  await writeThrough(folder.predictions, (partial) => writeParquet(partial, columns));
}
