import { crossEntropy, runModel } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import type { Adam } from './adam';
import type { Examples } from './prepare-data';

/** One step of gradient descent on a batch: its mean loss, and how many rows it had right before the step. */
export function trainStep(
  model: tf.LayersModel,
  adam: Adam,
  { x, y }: Examples,
  batch: Uint32Array,
  learningRate: number,
): { loss: number; correct: number } {
  const features = x.length / y.length;
  const values = inputOf(x, batch.length * features);
  gatherRows(x, features, batch, values);
  const labels = new Int32Array(batch.length);
  for (let i = 0; i < batch.length; i++) labels[i] = y[batch[i]!]!;
  return tf.tidy(() => {
    const input = tf.tensor3d(values, [batch.length, features, 1]);
    const truth = tf.tensor1d(labels, 'int32');
    let right: tf.Scalar | undefined;
    const { value, grads } = tf.variableGrads(
      () => {
        const { loss, correct } = crossEntropy(runModel(model, input, true) as tf.Tensor2D, truth);
        right = correct;
        return loss;
      },
      model.trainableWeights.map((weight) => weight.read() as tf.Variable),
    );
    adam.update(grads, learningRate);
    const result = { loss: value.dataSync()[0]!, correct: right!.dataSync()[0]! };
    right!.dispose();
    return result;
  });
}

/** Copies rows `[rows, features]`; element by element, as a view of each row would take longer. */
function gatherRows(x: Float32Array, features: number, rows: Uint32Array, out: Float32Array): void {
  let to = 0;
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * features;
    for (let column = 0; column < features; column++) out[to++] = x[start + column]!;
  }
}

/** The array that a batch of some features was gathered in last. */
const inputs = new WeakMap<Float32Array, Float32Array<ArrayBuffer>>();

/**
 * An array for a batch of these features: the same as in the step before, whose tensors are gone by then. A
 * new one of this size would cost more than it takes to fill it.
 */
function inputOf(features: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const last = inputs.get(features);
  if (last?.length === size) return last;
  const input = new Float32Array(size);
  inputs.set(features, input);
  return input;
}
