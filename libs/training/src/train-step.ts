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
  const values = new Float32Array(batch.length * features);
  const labels = new Int32Array(batch.length);
  // Element by element: a view of each row would take longer than a step of a small model.
  for (let i = 0, to = 0; i < batch.length; i++) {
    const row = batch[i]!;
    labels[i] = y[row]!;
    for (let from = row * features, end = from + features; from < end;) values[to++] = x[from++]!;
  }
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
