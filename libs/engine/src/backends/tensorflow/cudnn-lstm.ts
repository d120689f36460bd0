import * as tf from '@tensorflow/tfjs';
import { blockLSTM } from './block-lstm';
import type { TensorFlowBackend } from './backend';
import { fromCudnn, toCudnn } from './cudnn-weights';
import { runOperation } from './operation';
import { type RecurrentLayer, sizesOf, timeFirst } from './recurrent-layer';

/**
 * The LSTM as NVIDIA's cuDNN has it, through TensorFlow's CudnnRNN and CudnnRNNBackprop
 * (tensorflow/core/ops/cudnn_rnn_ops.cc), whose mode is 'lstm' by default; time first. These are the first of
 * three versions: the later ones give an output of type int8 besides, which tfjs-node cannot hold.
 *
 * States: the weights as cuDNN has them with the last cell, and what cuDNN calls its reserve space.
 */
export const cudnnLSTM: RecurrentLayer = {
  forward(backend, inputs, training) {
    const { batch, units } = sizesOf(inputs);
    const state = tf.zeros([1, batch, units]);
    const weights = toCudnn(inputs);
    const [hidden, , lastCell, reserve] = runOperation(
      backend,
      'CudnnRNN',
      [timeFirst(inputs.x), state, state, weights],
      4,
      { is_training: training },
    );
    if (!training) return [timeFirst(hidden!)];
    return [timeFirst(hidden!), tf.concat([weights, lastCell!.flatten()]), reserve!];
  },

  backward(backend, { hidden, cell, gates, dHidden, ...inputs }) {
    const { batch, time, inputs: columns, units } = sizesOf(inputs);
    const states = batch * units;
    const [weights, lastCell] = tf.split(cell!, [cell!.size - states, states]);
    const output = timeFirst(hidden);
    const zeros = tf.zeros([1, batch, units]); // the states before, and the gradients of those after
    const [dx, , , dWeights] = runOperation(
      backend,
      'CudnnRNNBackprop',
      [
        ...[timeFirst(inputs.x), zeros, zeros, weights!],
        ...[output, output.slice(time - 1), lastCell!.reshape([1, batch, units])],
        ...[timeFirst(dHidden), zeros, zeros, gates],
      ],
      4,
    );
    return [timeFirst(dx!), ...fromCudnn(dWeights!, columns, units)];
  },
};

/** A product may be rounded to TF32's 10 bits on its way through the GPU. */
const TOLERANCE = 0.02;

/**
 * Whether cuDNN's LSTM runs on the backend's device and is ours, forward and backward: where cuDNN is missing
 * or of another version, the operations throw.
 */
export function cudnnWorks(backend: TensorFlowBackend): boolean {
  if (!backend.isUsingGpuDevice) return false;
  return tf.tidy(() => {
    const shapes = [[3, 4, 5], [5, 8], [2, 8], [8], [3, 4, 2]];
    const [x, kernel, recurrentKernel, bias, dHidden] = shapes.map((shape, seed) =>
      tf.randomUniform(shape, -1, 1, 'float32', seed + 1),
    ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const inputs = { x, kernel, recurrentKernel, bias };
    const results = ({ forward, backward }: RecurrentLayer): tf.Tensor[] => {
      const [hidden, cell, gates] = forward(backend, inputs, true);
      const states = { hidden: hidden!, cell: cell!, gates: gates! };
      const gradients = backward(backend, { ...inputs, ...states, dHidden });
      return [hidden!, ...gradients, ...forward(backend, inputs, false)];
    };
    try {
      const expected = results(blockLSTM);
      return results(cudnnLSTM).every((tensor, i) => {
        const error = tf.max(tf.abs(tf.sub(tensor, expected[i]!))).dataSync()[0]!;
        return error <= TOLERANCE; // not where it is NaN
      });
    } catch {
      return false;
    }
  });
}
