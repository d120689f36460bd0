import type * as tf from '@tensorflow/tfjs';

/** A tensor's values. */
export function valuesOf(tensor: tf.Tensor): number[] {
  return [...tensor.dataSync()];
}
