import { buildModel, type ModelDefinition, requireStepMemory } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { lastPosition, loadWeights, saveWeights } from './checkpoint';
import { FittedNetwork } from './estimators/fitted-network';
import { fitEpochs, isOver } from './fit-epochs';
import type { RunFit } from './fit-run';
import { memoryError } from './lack-of-memory';
import type { RunConfig } from './run-config';
import type { RunFolder } from './run-folder';
import type { TaskData } from './task-data';
import type { TrainOptions } from './train-options';

/** Trains a network from the last checkpoint to its end. */
export async function fitNetwork(
  definition: ModelDefinition,
  config: RunConfig,
  task: TaskData,
  folder: RunFolder,
  options: TrainOptions,
): Promise<RunFit> {
  const model = build(definition, config, task);
  try {
    const history = await fitEpochs(model, config, task, folder, options);
    if (config.training.earlyStopping) loadWeights(folder.weights, model);
    const fitted = new FittedNetwork(model, history.length);
    const seconds = history.reduce((sum, record) => sum + record.seconds, 0);
    return { fitted, weights: await saveWeights(folder.weights, model), history, seconds };
  } catch (error) {
    model.dispose();
    throw memoryError(error, config);
  }
}

/** Throws where the network cannot be built, or is too large to train: before anything is written. */
export function requireBuilds(
  definition: ModelDefinition,
  config: RunConfig,
  task: TaskData,
): void {
  const model = build(definition, config, task);
  try {
    requireStepMemory(model, Math.min(config.training.batchSize, task.train.y.length));
  } finally {
    model.dispose();
  }
}

/** From where an interrupted run goes on, in words. */
export function placeIn(folder: RunFolder, { training, kind }: RunConfig): string {
  if (kind !== 'network') return 'from the beginning';
  const { epoch, step } = lastPosition(folder);
  const history = folder.readHistory().slice(0, epoch);
  return epoch >= training.epochs || isOver(history, training.earlyStopping?.patience)
    ? 'with the test rows'
    : `from epoch ${epoch + 1}, step ${step + 1}`;
}

function build(definition: ModelDefinition, config: RunConfig, task: TaskData): tf.LayersModel {
  return buildModel(definition, {
    features: task.features,
    classes: task.classes.length,
    seed: config.seed,
    options: config.options,
  });
}
