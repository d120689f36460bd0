import { existsSync } from 'node:fs';
import { InputError } from '@botlab/errors';
import { weightNames } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Adam } from './adam';
import type { RunFolder } from './run-folder';
import { checksum, type NamedArray, readTensorFile, writeTensorFile } from './safetensors';

/** How far a run is: the epochs finished, and what the epoch under way has summed up. */
export const Position = z.strictObject({
  /** Finished epochs. */
  epoch: z.int().nonnegative(),
  /** Finished steps of the epoch under way. */
  step: z.int().nonnegative(),
  /** Over the rows of those steps: sum of losses, rows predicted rightly, rows, seconds. */
  loss: z.number(),
  correct: z.number(),
  rows: z.number(),
  seconds: z.number(),
});
export type Position = z.infer<typeof Position>;

/** Where a run begins, and where each epoch does. */
export function startOf(epoch: number): Position {
  return { epoch, step: 0, loss: 0, correct: 0, rows: 0, seconds: 0 };
}

/** Every weight of a model, trainable or not, by name. */
export async function weightsOf(model: tf.LayersModel): Promise<NamedArray[]> {
  const names = weightNames(model);
  return Promise.all(
    model.weights.map(async (weight, i) => ({
      name: names[i]!,
      shape: weight.shape.map((size) => size ?? 0),
      values: Float32Array.from(await weight.read().data()),
    })),
  );
}

/** Names of the weights that training changes, in the model's order. */
function trainableNames(model: tf.LayersModel): string[] {
  const names = weightNames(model);
  return model.trainableWeights.map((weight) => names[model.weights.indexOf(weight)]!);
}

/**
 * Puts saved weights into a model.
 *
 * @param path the file they are from, for the message
 * @throws InputError when a weight is missing or has another shape: the file belongs to another model
 */
function setWeights(
  model: tf.LayersModel,
  arrays: ReadonlyMap<string, NamedArray>,
  path: string,
): void {
  const names = weightNames(model);
  for (const [i, weight] of model.weights.entries()) {
    const saved = arrays.get(names[i]!);
    const expected = `[${weight.shape.join(', ')}]`;
    const actual = saved === undefined ? 'none' : `[${saved.shape.join(', ')}]`;
    if (saved === undefined || actual !== expected) {
      throw new InputError(
        `Cannot load ${path} into ${model.name}: expected the weight "${names[i]}" with shape ` +
          `${expected}, got ${actual}; the folder's config.json and checkpoint are of different ` +
          'models: delete the folder and train again.',
      );
    }
    const value = tf.tensor(saved.values, [...saved.shape]);
    weight.write(value);
    value.dispose();
  }
}

/** Saves all that a run needs to go on: weights, moments and position. */
export async function saveLast(
  folder: RunFolder,
  model: tf.LayersModel,
  adam: Adam,
  position: Position,
): Promise<void> {
  const arrays = [...(await weightsOf(model)), ...(await adam.state(trainableNames(model)))];
  const metadata = { position: JSON.stringify(position), steps: String(adam.steps) };
  writeTensorFile(folder.lastCheckpoint, { arrays, metadata });
}

/** Takes a run up where {@link saveLast} left it; where nothing was saved, at the beginning. */
export function restoreLast(folder: RunFolder, model: tf.LayersModel, adam: Adam): Position {
  const path = folder.lastCheckpoint;
  if (!existsSync(path)) return startOf(0);
  const { arrays, metadata } = readTensorFile(path);
  const byName = new Map(arrays.map((array) => [array.name, array]));
  setWeights(model, byName, path);
  adam.restore(trainableNames(model), byName);
  adam.steps = Number(metadata['steps']);
  return positionOf(metadata);
}

/** Where a run would be taken up. */
export function lastPosition({ lastCheckpoint }: RunFolder): Position {
  return existsSync(lastCheckpoint)
    ? positionOf(readTensorFile(lastCheckpoint).metadata)
    : startOf(0);
}

function positionOf(metadata: Readonly<Record<string, string>>): Position {
  return Position.parse(JSON.parse(metadata['position'] ?? 'null'));
}

/** Saves weights alone, and returns their checksum. */
export async function saveWeights(file: string, model: tf.LayersModel): Promise<string> {
  const arrays = await weightsOf(model);
  writeTensorFile(file, { arrays, metadata: { model: model.name } });
  return checksum(arrays);
}

/** Loads what {@link saveWeights} saved. */
export function loadWeights(file: string, model: tf.LayersModel): void {
  const { arrays } = readTensorFile(file);
  setWeights(model, new Map(arrays.map((array) => [array.name, array])), file);
}
