import { InputError } from '@botlab/errors';
import { removeLeftovers } from '@botlab/files';
import {
  buildModel,
  countParameters,
  getModel,
  parseOptions,
  requireStepMemory,
} from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { lastPosition, loadWeights, saveWeights } from './checkpoint';
import { requireAnswers } from './divergence';
import { engineText } from './environment';
import { evaluate, predict } from './evaluation';
import { experimentFolder, requireFits } from './experiments/experiment-folder';
import { choicesOf, difference } from './experiments/plan';
import { variantOf } from './experiments/variant';
import { fit, isOver, type TrainOptions } from './fit';
import { memoryError } from './lack-of-memory';
import { type PreparedData, setAside } from './prepare-data';
import { writePredictions } from './predictions-file';
import { Recovery } from './recovery';
import type { RunConfig } from './run-config';
import { type EpochRecord, RunFolder } from './run-folder';
import type { RunMetrics } from './run-metrics';
import { forTask, type TaskData } from './task-data';

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
 * and the step. A finished run is read, not repeated; asked for more epochs, it goes on from its last one, which
 * gives what as many at once would have given. Where the device of the engine is lost, the run goes on
 * by itself: on the same engine, started anew; where it is lost again, on the processor, with other bits.
 *
 * @throws InputError when the run folder holds a run with another configuration, or is damaged
 */
export async function train(
  config: RunConfig,
  prepared: PreparedData,
  options: TrainOptions,
): Promise<Run> {
  const definition = getModel(config.model);
  const full = {
    ...config,
    variant: variantOf(config),
    options: parseOptions(definition, config.options),
  };
  const folder = RunFolder.of(options.out, full);
  const data = setAside(prepared, full.training.validation);
  const task = forTask(data, full.task);
  removeLeftovers(folder.path);
  requireFits(experimentFolder(options.out, full.experiment), full);
  if (!folder.exists) requireBuilds(full, task);
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
  const model = build(config, task);
  try {
    const history = await fit(model, config, task, folder, options);
    const weights = await finalWeights(folder, model, config);
    const predictions = await predict(model, task.test.x);
    requireAnswers(predictions, data.table, task.test.rows);
    const metrics: RunMetrics = {
      epochs: history.length,
      params: countParameters(model),
      seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
      weights,
      synthetic: data.source.synthetic,
      trainedClasses: task.classes.filter((_, label) => task.isTrained[label]),
      ...evaluate(predictions, task.test, task.classes, task.leftOut),
    };
    const rows = { table: data.table, rows: task.test.rows, truth: task.test.y };
    await writePredictions(folder.predictions, rows, predictions, task.classes);
    folder.writeMetrics(metrics);
    folder.finish();
    return [metrics, history];
  } catch (error) {
    throw memoryError(error, config);
  } finally {
    model.dispose();
  }
}

function build(config: RunConfig, task: TaskData): tf.LayersModel {
  return buildModel(getModel(config.model), {
    features: task.features,
    classes: task.classes.length,
    seed: config.seed,
    options: config.options,
  });
}

/** Throws where the network cannot be built, or is too large to train: before anything is written. */
function requireBuilds(config: RunConfig, task: TaskData): void {
  const model = build(config, task);
  try {
    requireStepMemory(model, Math.min(config.training.batchSize, task.train.y.length));
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
function choicesOfRun(config: RunConfig): Record<string, unknown> {
  const { model, options, task, seed } = config;
  return { model, options, task, seed, ...choicesOf(config) };
}

/**
 * Writes the configuration into a new folder; in one that has some, makes sure that it is the same, but for more
 * epochs, which a run of any age takes on.
 */
function claim(folder: RunFolder, config: RunConfig): void {
  if (!folder.exists) return folder.writeConfig(config);
  const before = folder.readConfig();
  const differs = difference(choicesOfRun(before), choicesOfRun(config));
  if (differs === undefined) return;
  const { epochs } = before.training;
  const prolonged = { ...before, training: { ...before.training, epochs: config.training.epochs } };
  const isProlonged =
    config.training.epochs > epochs &&
    difference(choicesOfRun(prolonged), choicesOfRun(config)) === undefined;
  if (isProlonged && config.training.schedule.kind !== 'cosine') {
    folder.reopen(prolonged);
    return;
  }
  const because = isProlonged
    ? ` (its learning rate falls as a cosine over ${epochs} epochs, which more would change from the first on; with --schedule constant epochs can be added)`
    : '';
  throw new InputError(
    `Cannot go on in ${folder.path}: it holds a run with ${differs}; ` +
      `choose another --out or --experiment, or delete that folder${because}.`,
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
