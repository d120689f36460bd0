import * as tf from '@tensorflow/tfjs';

/**
 * Gradients scaled down together, so that the norm of all of them is at most `most`; to the bit as they are where it
 * is less (Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks", algorithm 1).
 */
export function clipGradients(gradients: tf.NamedTensorMap, most: number): tf.NamedTensorMap {
  const named = Object.entries(gradients);
  if (named.length === 0) return gradients;
  const norm = tf.sqrt(tf.addN(named.map(([, gradient]) => tf.sum(tf.square(gradient)))));
  const share = tf.div(most, tf.maximum(norm, most));
  return Object.fromEntries(named.map(([name, gradient]) => [name, tf.mul(gradient, share)]));
}
