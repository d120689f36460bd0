import * as tf from '@tensorflow/tfjs';

/** Whether the backend in use has a kernel: fused operations are composed of tfjs's where it has not. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}
