import * as tf from '@tensorflow/tfjs';
import { hasKernel } from './has-kernel';
import { type LayerActivation, layerOp } from './layer-op';

/** How a {@link convolution1d} goes over its sequences. */
export interface Convolution1DOptions {
  readonly stride?: number;
  /** Steps from one tap of the kernel to the next. */
  readonly dilation?: number;
  /** As in Keras: `causal` sees no step after the one it is for. */
  readonly padding?: 'same' | 'valid' | 'causal';
  readonly activation?: LayerActivation;
  /** Whether gradients flow to x as well (the default); not to the input of a model. */
  readonly inputGradient?: boolean;
}

/** Zeros before and after a sequence. */
function paddingOf(
  length: number,
  size: number,
  { stride = 1, dilation = 1, padding = 'valid' }: Convolution1DOptions,
): [number, number] {
  const span = (size - 1) * dilation;
  if (padding === 'valid') return [0, 0];
  if (padding === 'causal') return [span, 0];
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + span + 1 - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** The kernel with zeros between its taps: tfjs cannot derive a dilated convolution. */
function dilated(kernel: tf.Tensor3D, dilation: number): tf.Tensor3D {
  const [size, channels, filters] = kernel.shape;
  if (dilation === 1) return kernel;
  const spread = kernel.reshape([size, 1, channels * filters]).pad([
    [0, 0],
    [0, dilation - 1],
    [0, 0],
  ]);
  const whole = spread.reshape<tf.Tensor3D>([size * dilation, channels, filters]);
  return whole.slice(0, (size - 1) * dilation + 1);
}

/**
 * activation(x ∗ kernel + bias) `[batch, steps, filters]` as one operation, for x `[batch, length, channels]`,
 * kernel `[size, channels, filters]` and bias `[filters]` or none.
 *
 * @throws RangeError when a shape does not fit
 */
export function convolution1d(
  x: tf.Tensor3D,
  kernel: tf.Tensor3D,
  bias: tf.Tensor1D | null,
  options: Convolution1DOptions = {},
): tf.Tensor3D {
  const { stride = 1, dilation = 1, activation = 'linear', inputGradient = true } = options;
  const [size, channels, filters] = kernel.shape;
  if (x.rank !== 3 || x.shape[2] !== channels || (bias && bias.size !== filters)) {
    throw new RangeError(
      `Cannot run convolution1d on x [${x.shape.join(', ')}]: expected x [batch, length, ${channels}] for ` +
        `the kernel [${kernel.shape.join(', ')}], and a bias of ${filters} or none, got ` +
        `${bias ? bias.size : 'none'}.`,
    );
  }
  const [left, right] = paddingOf(x.shape[1], size, options);
  if (hasKernel('Convolution1D')) {
    const span = (size - 1) * dilation + 1;
    const outWidth = Math.max(0, Math.floor((x.shape[1] + left + right - span) / stride) + 1);
    const attrs = { outWidth, stride, dilation, left, activation };
    return layerOp('Convolution1D', { x, kernel, bias }, attrs, inputGradient) as tf.Tensor3D;
  }
  return tf.tidy(() => {
    const padded = tf.pad3d(x.toFloat(), [
      [0, 0],
      [left, right],
      [0, 0],
    ]);
    let y: tf.Tensor = tf.conv1d(padded, dilated(kernel, dilation), stride, 'valid');
    if (bias) y = y.add(bias);
    if (activation === 'relu') y = y.relu();
    return y as tf.Tensor3D;
  });
}
