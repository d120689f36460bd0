import { batches } from '@botlab/data';
import { withSeed } from '@botlab/models';
import type * as tf from '@tensorflow/tfjs';
import type { Adam } from './adam';
import type { BatchSource } from './batch-source';
import { type Position, saveLast } from './checkpoint';
import { diverged } from './divergence';
import type { TrainOptions } from './train-options';
import { learningRateAt } from './learning-rate';
import type { PendingSteps } from './pending-steps';
import type { RunConfig } from './run-config';
import type { RunFolder } from './run-folder';
import { trainStep } from './train-step';

/** What the epochs of a run work with. */
export interface Fitting {
  readonly model: tf.LayersModel;
  readonly adam: Adam;
  readonly source: BatchSource;
  readonly pending: PendingSteps;
  /** Rows of an epoch. */
  readonly rows: number;
  readonly config: RunConfig;
  readonly folder: RunFolder;
}

/** Trains from `position` to the end of its epoch. */
export async function fitEpoch(
  fitting: Fitting,
  position: Position,
  { onStep, signal, checkpointSeconds = 30 }: TrainOptions,
): Promise<Position> {
  const { model, adam, source, pending, config, folder } = fitting;
  const { batchSize, epochs, clipNorm } = config.training;
  const { epoch } = position;
  const rate = rateOf(config, epoch);
  const steps = Math.ceil(fitting.rows / batchSize);
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
  const readPending = async (): Promise<void> => {
    const finished = await pending.read();
    for (const result of finished) {
      if (!Number.isFinite(result.loss)) {
        throw diverged(config, `at epoch ${epoch + 1}, step ${result.step}`);
      }
      loss += result.loss * result.rows;
      correct += result.correct;
      rows += result.rows;
    }
    if (finished.length === 0 || !onStep) return;
    const rowsPerSecond = ((rows - rowsBefore) / (performance.now() - started)) * 1000;
    const rowsLeft = (epochs - epoch) * fitting.rows - rows;
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
  };
  for (const batch of batches(fitting.rows, batchSize, config.seed, epoch)) {
    step += 1;
    if (step <= position.step) continue; // done before the interruption
    // A seed of its own for each step: a dropout mask is then the same after an interruption.
    const result = withSeed(stepSeed(config.seed, epoch, step), () =>
      trainStep(model, adam, source, batch, rate, clipNorm),
    );
    pending.add(step, batch.length, result);
    if (pending.isFull) await readPending();
    const now = performance.now();
    if (signal?.aborted || (step < steps && now - saved > checkpointSeconds * 1000)) {
      await readPending();
      await saveLast(folder, model, adam, here());
      saved = now;
    }
    await new Promise(setImmediate); // lets a signal in
    signal?.throwIfAborted();
  }
  await readPending();
  return here();
}

/** The learning rate of an epoch, from 0. */
export function rateOf({ training }: RunConfig, epoch: number): number {
  return learningRateAt(training.schedule, training.learningRate, epoch, training.epochs);
}

/** One number for each step of each epoch of each seed. */
function stepSeed(seed: number, epoch: number, step: number): number {
  return (
    (Math.imul(seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b) ^ Math.imul(step, 0xc2b2ae35)) |
    0
  );
}
