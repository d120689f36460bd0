import * as tf from '@tensorflow/tfjs';
import { hasKernel } from './has-kernel';

/**
 * (x − mean) / √(variance + epsilon) · gamma + beta over the last axis of x `[…, length]`; gamma and beta are
 * `[length]` (Ba, Kiros and Hinton 2016, arXiv:1607.06450).
 *
 * @throws RangeError when gamma or beta does not fit
 */
export function layerNorm<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon = 1e-3,
): T {
  const length = x.shape.at(-1);
  if (gamma.shape[0] !== length || beta.shape[0] !== length) {
    throw new RangeError(
      `Cannot normalise the last axis of x [${x.shape.join(', ')}]: expected gamma and beta of ` +
        `[${length ?? ''}], got [${gamma.shape.join(', ')}] and [${beta.shape.join(', ')}].`,
    );
  }
  const isEmpty = x.size === 0;
  const run = hasKernel('LayerNorm') && !isEmpty ? fused(epsilon) : composed(epsilon);
  return run(x, gamma, beta) as T;
}

type Normalisation = (...args: tf.Tensor[]) => tf.Tensor;

function fused(epsilon: number): Normalisation {
  return tf.customGrad((...args) => {
    const save = args.pop() as unknown as (tensors: tf.Tensor[]) => void;
    const [x, gamma, beta] = args as [tf.Tensor, tf.Tensor, tf.Tensor];
    const inputs = { x, gamma, beta };
    const outputs = tf.engine().runKernel<tf.Tensor[]>('LayerNorm', inputs, { epsilon });
    save([x, gamma, outputs[1]!]);
    return {
      value: outputs[0]!,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, gamma, statistics] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const inputs = { dy, x, gamma, statistics };
        return tf.engine().runKernel<tf.Tensor[]>('LayerNormGrad', inputs);
      },
    };
  });
}

function composed(epsilon: number): Normalisation {
  return (x, gamma, beta) =>
    tf.tidy(() => {
      const centred = x.sub(x.mean(-1, true));
      const scale = centred.square().mean(-1, true).add(epsilon).rsqrt();
      return centred.mul(scale).mul(gamma).add(beta);
    });
}
