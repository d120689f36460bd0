import type * as tf from '@tensorflow/tfjs';

/**
 * Brings a model's weights back to where their constraints want them, such as `tf.constraints.nonNeg`: to be called
 * after each step, as tfjs applies a constraint only to what is written through the layer.
 */
export function applyConstraints(model: tf.LayersModel): void {
  for (const weight of model.trainableWeights) {
    const { constraint } = weight as unknown as { constraint?: object | null };
    if (!constraint) continue;
    const value = weight.read().clone(); // another tensor, or tfjs takes it for written
    weight.write(value);
    value.dispose();
  }
}
