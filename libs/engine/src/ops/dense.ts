import * as tf from '@tensorflow/tfjs';
import { hasKernel } from './has-kernel';
import { type LayerActivation, layerOp } from './layer-op';

/** Options of {@link dense}. */
export interface DenseOptions {
  readonly activation?: LayerActivation;
  /** Whether gradients flow to x as well (the default); not to the input of a model. */
  readonly inputGradient?: boolean;
}

/**
 * activation(x · kernel + bias) `[rows, units]` as one operation, for x `[rows, inputs]`, kernel
 * `[inputs, units]` and bias `[units]` or none.
 *
 * @throws RangeError when a shape does not fit
 */
export function dense(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  { activation = 'linear', inputGradient = true }: DenseOptions = {},
): tf.Tensor2D {
  const [inputs, units] = kernel.shape;
  if (x.rank !== 2 || x.shape[1] !== inputs || (bias && bias.size !== units)) {
    throw new RangeError(
      `Cannot run dense on x [${x.shape.join(', ')}]: expected x [rows, ${inputs}] for the kernel ` +
        `[${inputs}, ${units}], and a bias of ${units} or none, got ${bias ? bias.size : 'none'}.`,
    );
  }
  if (hasKernel('DenseLayer')) {
    return layerOp('DenseLayer', { x, kernel, bias }, { activation }, inputGradient) as tf.Tensor2D;
  }
  return tf.tidy(() => {
    let y: tf.Tensor = tf.matMul(x, kernel);
    if (bias) y = y.add(bias);
    if (activation === 'relu') y = y.relu();
    return y as tf.Tensor2D;
  });
}
