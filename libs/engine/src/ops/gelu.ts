import * as tf from '@tensorflow/tfjs';
import { hasKernel } from './has-kernel';

/**
 * x · Φ(x), where Φ is the normal distribution's cumulative probability (Hendrycks and Gimpel 2016,
 * arXiv:1606.08415): the exact form, not that with tanh.
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  return (hasKernel('Gelu') ? fused(x) : composed(x)) as T;
}

const fused = tf.customGrad((...args) => {
  const [x, save] = args as unknown as [tf.Tensor, (tensors: tf.Tensor[]) => void];
  save([x]);
  return {
    value: tf.engine().runKernel<tf.Tensor>('Gelu', { x }),
    gradFunc: (dy: tf.Tensor, [x]: tf.Tensor[]) =>
      tf.engine().runKernel<tf.Tensor>('GeluGrad', { dy, x: x! }),
  };
});

function composed(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => x.mul(x.mul(Math.SQRT1_2).erf().add(1)).mul(0.5));
}
