import { InputError } from '@botlab/errors';
import type * as tf from '@tensorflow/tfjs';
import { Adam } from './adam';
import { batchSource } from './batch-source';
import { restoreLast, saveLast, saveWeights, startOf } from './checkpoint';
import { diverged, hasFiniteWeights, isFinitePrediction } from './divergence';
import { accuracyOf, crossEntropy, predict } from './evaluation';
import { fitEpoch, rateOf } from './fit-epoch';
import { PendingSteps } from './pending-steps';
import type { RunConfig } from './run-config';
import type { EpochRecord, RunFolder } from './run-folder';
import type { TaskData } from './task-data';
import type { TrainOptions } from './train-options';

/** Trains to the last epoch, or until early stopping, from wherever the folder's checkpoint is. */
export async function fitEpochs(
  model: tf.LayersModel,
  config: RunConfig,
  task: TaskData,
  folder: RunFolder,
  options: TrainOptions,
): Promise<EpochRecord[]> {
  const { epochs, earlyStopping } = config.training;
  const { train: training, validation: watched = task.test } = task;
  const adam = new Adam(model.trainableWeights.map((weight) => weight.read() as tf.Variable));
  const source = batchSource(training, model.outputs[0]!.shape[1]!);
  const pending = new PendingSteps();
  const fitting = { model, adam, source, pending, rows: training.y.length, config, folder };
  try {
    let position = restoreLast(folder, model, adam);
    // The history is written before the checkpoint: what lies beyond the checkpoint is done again.
    const history = folder.readHistory().slice(0, position.epoch);
    if (history.length < position.epoch) {
      throw new InputError(
        `Cannot go on in ${folder.path}: history.jsonl has ${history.length} epochs and the ` +
          `checkpoint ${position.epoch}; delete the folder and train again.`,
      );
    }
    while (position.epoch < epochs && !isOver(history, earlyStopping?.patience)) {
      const finished = await fitEpoch(fitting, position, options);
      const started = performance.now();
      const seen = await predict(model, watched.x);
      if (!isFinitePrediction(seen) || !(await hasFiniteWeights(model))) {
        throw diverged(config, `after epoch ${finished.epoch + 1}`);
      }
      const record: EpochRecord = {
        epoch: finished.epoch + 1,
        learningRate: rateOf(config, finished.epoch),
        loss: finished.loss / finished.rows,
        accuracy: finished.correct / finished.rows,
        validationLoss: crossEntropy(seen, watched.y),
        validationAccuracy: accuracyOf(seen, watched.y),
        seconds: finished.seconds + (performance.now() - started) / 1000,
      };
      history.push(record);
      folder.writeHistory(history);
      if (earlyStopping && bestEpoch(history) === record.epoch)
        await saveWeights(folder.weights, model);
      position = startOf(record.epoch);
      await saveLast(folder, model, adam, position);
      options.onEpoch?.(record, config);
      options.signal?.throwIfAborted();
    }
    return history;
  } finally {
    pending.dispose();
    source.dispose();
    adam.dispose();
  }
}

/** The epoch with the lowest validation loss; the first of equals. */
function bestEpoch(history: readonly EpochRecord[]): number {
  return history.reduce((best, record) =>
    record.validationLoss < best.validationLoss ? record : best,
  ).epoch;
}

/** Whether early stopping ends a run here. */
export function isOver(history: readonly EpochRecord[], patience: number | undefined): boolean {
  if (patience === undefined || history.length === 0) return false;
  return history.length - bestEpoch(history) >= patience;
}
