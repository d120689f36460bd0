import { batches } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { withSeed } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import { Adam } from './adam';
import { type Position, restoreLast, saveLast, saveWeights, startOf } from './checkpoint';
import { accuracyOf, crossEntropy, predict } from './evaluation';
import { learningRateAt } from './learning-rate';
import type { Examples, TaskData } from './prepare-data';
import type { RunConfig } from './run-config';
import type { EpochRecord, RunFolder } from './run-folder';
import { setAside } from './set-aside';
import { trainStep } from './train-step';

/** What a run reports while it trains. */
export interface TrainProgress {
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Finished steps of it. */
  readonly step: number;
  readonly steps: number;
  /** Mean loss and accuracy over those steps. */
  readonly loss: number;
  readonly accuracy: number;
  readonly rowsPerSecond: number;
  /** Estimate for the rest of the run. */
  readonly secondsLeft: number;
}

/** Options of {@link train} that change nothing of its result. */
export interface TrainOptions {
  /** The folder under which run folders lie. */
  readonly out: string;
  /** After each step. */
  onStep?(this: void, progress: TrainProgress): void;
  /** After each epoch, with its line of the history. */
  onEpoch?(this: void, record: EpochRecord, config: RunConfig): void;
  /** Stops after the step under way, with a checkpoint written; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Seconds between two checkpoints within an epoch; each epoch ends with one. Default 30. */
  readonly checkpointSeconds?: number;
}

/** Trains to the last epoch, or until early stopping, from wherever the folder's checkpoint is. */
export async function fit(
  model: tf.LayersModel,
  config: RunConfig,
  task: TaskData,
  folder: RunFolder,
  options: TrainOptions,
): Promise<EpochRecord[]> {
  const { epochs, earlyStopping } = config.training;
  const [training, watched] = setAside(task, config.training.validation, config.seed);
  const adam = new Adam(model.trainableWeights.map((weight) => weight.read() as tf.Variable));
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
      const finished = await fitEpoch(model, adam, config, training, position, folder, options);
      const started = performance.now();
      const seen = await predict(model, watched.x);
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
      if (earlyStopping && bestEpoch(history) === record.epoch) await saveWeights(folder, model);
      position = startOf(record.epoch);
      await saveLast(folder, model, adam, position);
      options.onEpoch?.(record, config);
      options.signal?.throwIfAborted();
    }
    return history;
  } finally {
    adam.dispose();
  }
}

function rateOf({ training }: RunConfig, epoch: number): number {
  return learningRateAt(training.schedule, training.learningRate, epoch, training.epochs);
}

/** The epoch with the lowest validation loss; the first of equals. */
function bestEpoch(history: readonly EpochRecord[]): number {
  return history.reduce((best, record) =>
    record.validationLoss < best.validationLoss ? record : best,
  ).epoch;
}

function isOver(history: readonly EpochRecord[], patience: number | undefined): boolean {
  if (patience === undefined || history.length === 0) return false;
  return history.length - bestEpoch(history) >= patience;
}

/** Trains from `position` to the end of its epoch. */
async function fitEpoch(
  model: tf.LayersModel,
  adam: Adam,
  config: RunConfig,
  training: Examples,
  position: Position,
  folder: RunFolder,
  { onStep, signal, checkpointSeconds = 30 }: TrainOptions,
): Promise<Position> {
  const { batchSize, epochs } = config.training;
  const { epoch } = position;
  const rate = rateOf(config, epoch);
  const steps = Math.ceil(training.y.length / batchSize);
  const before = position.seconds;
  const started = performance.now();
  let saved = started;
  let step = 0;
  let { loss, correct, rows } = position;
  const rowsBefore = rows;
  const here = (): Position => {
    const seconds = before + (performance.now() - started) / 1000;
    return { epoch, step, loss, correct, rows, seconds };
  };
  for (const batch of batches(training.y.length, batchSize, config.seed, epoch)) {
    step += 1;
    if (step <= position.step) continue; // done before the interruption
    // A seed of its own for each step: a dropout mask is then the same after an interruption.
    const result = withSeed(stepSeed(config.seed, epoch, step), () =>
      trainStep(model, adam, training, batch, rate),
    );
    if (!Number.isFinite(result.loss)) throw diverged(config, epoch, step);
    loss += result.loss * batch.length;
    correct += result.correct;
    rows += batch.length;
    if (onStep) {
      const rowsPerSecond = ((rows - rowsBefore) / (performance.now() - started)) * 1000;
      const rowsLeft = (epochs - epoch) * training.y.length - rows;
      onStep({
        epoch: epoch + 1,
        epochs,
        step,
        steps,
        loss: loss / rows,
        accuracy: correct / rows,
        rowsPerSecond,
        secondsLeft: rowsLeft / rowsPerSecond,
      });
    }
    const now = performance.now();
    if (signal?.aborted || (step < steps && now - saved > checkpointSeconds * 1000)) {
      await saveLast(folder, model, adam, here());
      saved = now;
    }
    await new Promise(setImmediate); // lets a signal in
    signal?.throwIfAborted();
  }
  return here();
}

function diverged({ model, training }: RunConfig, epoch: number, step: number): InputError {
  return new InputError(
    `Training ${model} diverged: the loss is no longer finite at epoch ${epoch + 1}, step ${step}; ` +
      `use a learning rate below ${training.learningRate} and another --out.`,
  );
}

/** One number for each step of each epoch of each seed. */
function stepSeed(seed: number, epoch: number, step: number): number {
  return (
    (Math.imul(seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b) ^ Math.imul(step, 0xc2b2ae35)) |
    0
  );
}
