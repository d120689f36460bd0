import { applyConstraints, crossEntropy, layerLosses, runModel } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import type { Adam } from './adam';
import type { BatchSource } from './batch-source';
import { clipGradients } from './clip-gradients';

/** What a step says of its batch, as tensors: to read them is to wait. The caller disposes of them. */
export interface StepResult {
  /** What the step goes down: mean cross-entropy, plus the losses of the layers' own (weight regularisers). */
  readonly loss: tf.Scalar;
  /** How many rows were right before the step. */
  readonly correct: tf.Scalar;
}

/** One step of gradient descent on the batch of these rows; `clipNorm` bounds the norm of all gradients. */
export function trainStep(
  model: tf.LayersModel,
  adam: Adam,
  batches: BatchSource,
  rows: Uint32Array,
  learningRate: number,
  clipNorm?: number,
): StepResult {
  return tf.tidy(() => {
    const { input, truth } = batches.batch(rows);
    let right: tf.Scalar | undefined;
    try {
      const { value, grads } = tf.variableGrads(
        () => {
          const { loss, correct } = crossEntropy(
            runModel(model, input, true) as tf.Tensor2D,
            truth,
          );
          right = correct;
          return layerLosses(model).reduce((sum, own) => sum.add(own), loss);
        },
        model.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
      adam.update(clipNorm === undefined ? grads : clipGradients(grads, clipNorm), learningRate);
      applyConstraints(model);
      return { loss: value, correct: right! };
    } catch (error) {
      right?.dispose(); // no tidy does
      throw error;
    }
  });
}
