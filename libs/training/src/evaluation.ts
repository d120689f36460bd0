import { averagePrecision, ConfusionMatrix, rocAuc, scores } from '@botlab/metrics';
import { isAsynchronous, runModel } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { given } from './given';
import type { RunMetrics } from './run-metrics';
import type { Examples } from './prepare-data';
import type { LeftOut } from './task-data';

/** What a model says of rows. */
export interface Predictions {
  /**
   * Log-probabilities `[rows, classes]`, row-major; of a network what it gives before softmax, which is the same but
   * for a constant in each row.
   */
  readonly logits: Float32Array;
  /** The class that each row is taken for: the likeliest; of equals the first. */
  readonly labels: Uint8Array;
}

const CHUNK = 1024;

/**
 * Logits and labels of rows `x` `[rows, features]`; inference mode, so that a row's answer does not depend on
 * the rows beside it.
 */
export async function predict(model: tf.LayersModel, x: Float32Array): Promise<Predictions> {
  const [, features] = model.inputs[0]!.shape as [null, number];
  const [, classes] = model.outputs[0]!.shape as [null, number];
  const rows = x.length / features;
  const logits = new Float32Array(rows * classes);
  // A device that computes asynchronously has the next chunk to do while one is read.
  const most = isAsynchronous() ? 1 : 0;
  const underWay: Promise<void>[] = [];
  try {
    for (let start = 0; start < rows; start += CHUNK) {
      const end = Math.min(rows, start + CHUNK);
      const chunk = tf.tidy(() => {
        const shape: [number, number, number] = [end - start, features, 1];
        return runModel(model, tf.tensor3d(x.subarray(start * features, end * features), shape));
      });
      underWay.push(readInto(logits.subarray(start * classes, end * classes), chunk));
      if (underWay.length > most) await underWay.shift();
      await new Promise(setImmediate); // lets a signal in
    }
    await underWay.shift();
  } finally {
    await Promise.allSettled(underWay);
  }
  return {
    logits,
    labels: Uint8Array.from({ length: rows }, (_, row) => best(logits, row, classes)),
  };
}

/** Reads a tensor and disposes of it; whoever awaits it late is still told of a failure. */
function readInto(values: Float32Array, tensor: tf.Tensor): Promise<void> {
  const read = tensor
    .data<'float32'>()
    .then((data) => values.set(data))
    .finally(() => tensor.dispose());
  read.catch(() => undefined);
  return read;
}

function best(logits: Float32Array, row: number, classes: number): number {
  let found = 0;
  for (let c = 1; c < classes; c++) {
    if (logits[row * classes + c]! > logits[row * classes + found]!) found = c;
  }
  return found;
}

/** Probability of each class, `[rows, classes]` row-major: softmax in float64, rounded last. */
export function probabilities({ logits, labels }: Predictions): Float32Array {
  const classes = logits.length / labels.length;
  const shares = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const all = logSumExp(logits, start, start + classes);
    for (let i = start; i < start + classes; i++) shares[i] = Math.exp(logits[i]! - all);
  }
  return shares;
}

/**
 * For each row log p(attack) − log p(benign), in float64: it ranks rows whose probability is 1 to all digits of
 * float32. Of several attacks the probability is the sum.
 */
export function attackLogOdds({ logits, labels }: Predictions): Float64Array {
  const classes = logits.length / labels.length;
  return Float64Array.from(
    labels,
    (_, row) => logSumExp(logits, row * classes + 1, (row + 1) * classes) - logits[row * classes]!,
  );
}

/** log Σ exp of the values from `start` to `end`, without overflow. */
function logSumExp(values: Float32Array, start: number, end: number): number {
  let most = values[start]!;
  for (let i = start + 1; i < end; i++) most = Math.max(most, values[i]!);
  let sum = 0;
  for (let i = start; i < end; i++) sum += Math.exp(values[i]! - most);
  return most + Math.log(sum);
}

/** Mean cross-entropy of the truth, in nats. */
export function crossEntropy({ logits }: Predictions, y: Uint8Array): number {
  const classes = logits.length / y.length;
  let sum = 0;
  y.forEach((label, row) => {
    const start = row * classes;
    sum += logSumExp(logits, start, start + classes) - logits[start + label]!;
  });
  return sum / y.length;
}

/** Share of rows predicted rightly. */
export function accuracyOf({ labels }: Predictions, y: Uint8Array): number {
  return y.reduce((right, label, row) => right + (labels[row] === label ? 1 : 0), 0) / y.length;
}

/** The scores of a model's predictions. */
export type Evaluation = Omit<
  RunMetrics,
  'kind' | 'facts' | 'epochs' | 'params' | 'seconds' | 'weights' | 'synthetic' | 'trainedClasses'
>;

/**
 * Scores of predictions against the truth. The areas under the curves are of attack against benign in either
 * task, by {@link attackLogOdds}; they are left out where all rows are of one class.
 *
 * @param classes the first of them is benign
 * @param leftOut rows that are not among those predicted
 */
export function scorePredictions(
  predictions: Predictions,
  { y }: Pick<Examples, 'y'>,
  classes: readonly string[],
  leftOut?: LeftOut,
): Evaluation {
  const matrix = new ConfusionMatrix(classes).add(y, predictions.labels);
  const isAttack = y.map((label) => (label === 0 ? 0 : 1));
  const logOdds = attackLogOdds(predictions);
  const areas = {
    rocAuc: rocAuc(isAttack, logOdds),
    averagePrecision: averagePrecision(isAttack, logOdds),
  };
  return {
    ...scores(matrix),
    loss: crossEntropy(predictions, y),
    confusion: matrix.counts,
    ...given(areas),
    ...(leftOut !== undefined && leftOut.rows > 0
      ? { leftOut: { rows: leftOut.rows, classes: [...leftOut.classes] } }
      : {}),
  };
}
