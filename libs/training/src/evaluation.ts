import { isAsynchronous, runModel } from '@botlab/engine';
import { averagePrecision, ConfusionMatrix, rocAuc, scores } from '@botlab/metrics';
import * as tf from '@tensorflow/tfjs';
import type { Examples } from './prepare-data';
import type { RunMetrics } from './run-metrics';

/** What a model says of rows. */
export interface Predictions {
  /** Probability of each class, `[rows, classes]` row-major. */
  readonly probabilities: Float32Array;
  /** The likeliest class of each row. */
  readonly labels: Uint8Array;
}

const CHUNK = 1024;

/**
 * Probabilities and labels of rows `x` `[rows, features]`; inference mode, so that a row's answer
 * does not depend on the rows beside it.
 */
export async function predict(model: tf.LayersModel, x: Float32Array): Promise<Predictions> {
  const [, features] = model.inputs[0]!.shape as [null, number];
  const [, classes] = model.outputs[0]!.shape as [null, number];
  const rows = x.length / features;
  const probabilities = new Float32Array(rows * classes);
  // A device that computes asynchronously has the next chunk to do while one is read.
  const most = isAsynchronous() ? 1 : 0;
  const underWay: Promise<void>[] = [];
  try {
    for (let start = 0; start < rows; start += CHUNK) {
      const end = Math.min(rows, start + CHUNK);
      const chunk = tf.tidy(() => {
        const input = tf.tensor3d(x.subarray(start * features, end * features), [
          end - start,
          features,
          1,
        ]);
        return tf.softmax(runModel(model, input) as tf.Tensor2D);
      });
      underWay.push(readInto(probabilities.subarray(start * classes, end * classes), chunk));
      if (underWay.length > most) await underWay.shift();
      await new Promise(setImmediate); // lets a signal in
    }
    await underWay.shift();
  } finally {
    await Promise.allSettled(underWay);
  }
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[row * classes + c]! > probabilities[row * classes + best]!) best = c;
    }
    labels[row] = best;
  }
  return { probabilities, labels };
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

/** Mean cross-entropy of the truth; a probability of 0 counts as the smallest float32. */
export function crossEntropy({ probabilities }: Predictions, y: Uint8Array): number {
  const classes = probabilities.length / y.length;
  let sum = 0;
  y.forEach((label, row) => {
    sum -= Math.log(Math.max(probabilities[row * classes + label]!, 1.2e-38));
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
  'epochs' | 'params' | 'seconds' | 'weights' | 'synthetic'
>;

/** Scores of predictions against the truth; for two classes the areas under the curves as well. */
export function evaluate(
  predictions: Predictions,
  { y }: Pick<Examples, 'y'>,
  classes: readonly string[],
): Evaluation {
  const matrix = new ConfusionMatrix(classes).add(y, predictions.labels);
  const evaluation: Evaluation = {
    ...scores(matrix),
    loss: crossEntropy(predictions, y),
    confusion: matrix.counts,
  };
  if (classes.length !== 2) return evaluation;
  const attack = Float64Array.from(y, (_, row) => predictions.probabilities[2 * row + 1]!);
  const areas = { rocAuc: rocAuc(y, attack), averagePrecision: averagePrecision(y, attack) };
  // An area is undefined, and left out, where all rows are of one class.
  return Object.assign(
    evaluation,
    Object.fromEntries(Object.entries(areas).filter(([, area]) => area !== undefined)),
  );
}
