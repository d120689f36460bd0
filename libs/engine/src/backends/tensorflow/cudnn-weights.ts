import * as tf from '@tensorflow/tfjs';
import type { ForwardInputs } from './recurrent-layer';

/**
 * An LSTM's weights in Keras's layout as the vector that cuDNN takes: each gate's input matrix, then each
 * gate's recurrent matrix, every one transposed, then two biases for each gate, of which it adds the sum;
 * gates in Keras's order i, f, c, o. As Keras does it itself: `_canonical_to_params` and `gpu_lstm` in its
 * recurrent_v2.py. Gates that lie side by side in a matrix lie one after another in its transpose.
 */
export function toCudnn({ kernel, recurrentKernel, bias }: Omit<ForwardInputs, 'x'>): tf.Tensor1D {
  const matrices = [kernel, recurrentKernel].map((matrix) => tf.transpose(matrix).flatten());
  return tf.concat([...matrices, tf.zerosLike(bias), bias]) as tf.Tensor1D;
}

/** The gradients of kernel, recurrent kernel and bias in Keras's layout, given {@link toCudnn}'s. */
export function fromCudnn(vector: tf.Tensor, inputs: number, units: number): tf.Tensor[] {
  const width = 4 * units;
  const sizes = [inputs * width, units * width, width, width];
  const [kernel, recurrentKernel, , bias] = tf.split(vector, sizes);
  return [
    tf.transpose(kernel!.reshape([width, inputs])),
    tf.transpose(recurrentKernel!.reshape([width, units])),
    bias!,
  ];
}
