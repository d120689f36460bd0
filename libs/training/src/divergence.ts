import type { Table } from '@botlab/data';
import { InputError } from '@botlab/errors';
import type * as tf from '@tensorflow/tfjs';
import type { Predictions } from './evaluation';
import type { RunConfig } from './run-config';

/**
 * The error for a training whose numbers are no longer finite.
 *
 * @param when such as "at epoch 3, step 7"
 */
export function diverged({ model, training }: RunConfig, when: string): InputError {
  return new InputError(
    `Training ${model} diverged: its loss or weights are no longer finite ${when}; ` +
      `use a learning rate below ${training.learningRate} and another --experiment or --out.`,
  );
}

/** Whether every weight of a model, trainable or not, is a number. */
export async function hasFiniteWeights(model: tf.LayersModel): Promise<boolean> {
  const weights = await Promise.all(model.weights.map((weight) => weight.read().data()));
  return weights.every((values) => values.every(Number.isFinite));
}

/** Whether all that a model says are numbers. */
export function isFinitePrediction({ logits }: Predictions): boolean {
  return logits.every(Number.isFinite);
}

/**
 * Throws unless a model has an answer to every row.
 *
 * @param rows places in `table` of the rows predicted
 * @throws InputError that names the first row without one
 */
export function requireAnswers(
  predictions: Predictions,
  table: Pick<Table, 'file' | 'files' | 'row'>,
  rows: Uint32Array,
): void {
  if (isFinitePrediction(predictions)) return;
  const { logits, labels } = predictions;
  const classes = logits.length / labels.length;
  const place = Math.floor(logits.findIndex((logit) => !Number.isFinite(logit)) / classes);
  const row = rows[place]!;
  throw new InputError(
    `Cannot score ${table.files[table.file[row]!]!.name}, row ${table.row[row]! + 1}: the model's answer is no ` +
      'finite number; the row is too far from those trained on: remove it, or train with --scaler log.',
  );
}
