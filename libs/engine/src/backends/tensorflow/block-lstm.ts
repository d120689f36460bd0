import * as tf from '@tensorflow/tfjs';
import type { TensorFlowBackend } from './backend';
import { int64Scalar, runOperation } from './operation';
import { type ForwardInputs, type RecurrentLayer, sizesOf, timeFirst } from './recurrent-layer';

/** What BlockLSTMV2 and its gradient take first: they compute [x, h] W with W above U, from zero states. */
function operands(backend: TensorFlowBackend, inputs: ForwardInputs): tf.Tensor[] {
  const { batch, time, units } = sizesOf(inputs);
  const state = tf.zeros([batch, units]);
  const peephole = tf.zeros([units]); // unused, yet its shape is checked
  return [
    int64Scalar(backend, time),
    timeFirst(inputs.x),
    ...[state, state],
    tf.concat([inputs.kernel, inputs.recurrentKernel]),
    ...[peephole, peephole, peephole],
    inputs.bias,
  ];
}

/**
 * The LSTM as TensorFlow's BlockLSTMV2 and BlockLSTMGradV2, which run every time step in one operation
 * (tensorflow/core/ops/rnn_ops.cc): time first, gates in Keras's order i, f, c, o (the first version's is
 * i, c, f, o), no forget bias of its own, and by default no clipping of the cell.
 *
 * States: the cell, and the outputs i, f, o, c̃, tanh(c) and h in one tensor, each `[time, batch, units]`.
 */
export const blockLSTM: RecurrentLayer = {
  forward(backend, inputs, training) {
    const outputs = runOperation(backend, 'BlockLSTMV2', operands(backend, inputs), 7);
    const [cell, hidden] = [outputs[1]!, outputs[6]!];
    if (!training) return [timeFirst(hidden)];
    return [timeFirst(hidden), cell, tf.stack(outputs.filter((output) => output !== cell))];
  },

  backward(backend, { gates, cell, dHidden, ...inputs }) {
    const { inputs: columns, units } = sizesOf(inputs);
    const bias = tf.zeros([4 * units]); // its shape alone matters here
    const [i, ...others] = tf.unstack(gates);
    const [dx, , , dWeights, , , , dBias] = runOperation(
      backend,
      'BlockLSTMGradV2',
      [
        ...operands(backend, { ...inputs, bias }),
        ...[i!, cell!, ...others],
        ...[tf.zerosLike(cell!), timeFirst(dHidden)],
      ],
      8,
      { use_peephole: false },
    );
    return [timeFirst(dx!), ...tf.split(dWeights!, [columns, units]), dBias!];
  },
};
