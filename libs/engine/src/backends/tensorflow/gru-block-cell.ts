import * as tf from '@tensorflow/tfjs';
import { runOperation } from './operation';
import { type ForwardInputs, type RecurrentLayer, sizesOf, timeFirst } from './recurrent-layer';

/**
 * The weights as GRUBlockCell takes them: W above U, the gates r and z (its u) in one matrix, the candidate's
 * in another; and their biases.
 */
function weights({ kernel, recurrentKernel, bias }: Omit<ForwardInputs, 'x'>): tf.Tensor[] {
  const [z, r, candidate] = tf.split(tf.concat([kernel, recurrentKernel]), 3, 1);
  const [zBias, rBias, candidateBias] = tf.split(bias, 3);
  return [tf.concat([r!, z!], 1), candidate!, tf.concat([rBias!, zBias!]), candidateBias!];
}

/** Aᵀ B over every step of every sequence: `[time, batch, m]` and `[time, batch, n]` give `[m, n]`. */
function sumOfProducts(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const rows = (x: tf.Tensor): tf.Tensor2D => x.reshape([-1, x.shape[2]!]);
  return tf.matMul(rows(a), rows(b), true);
}

/**
 * The GRU as TensorFlow's GRUBlockCell and GRUBlockCellGrad, one operation for each time step
 * (tensorflow/core/ops/rnn_ops.cc). cuDNN's GRU applies the reset gate after the recurrent product, which is
 * another function.
 *
 * State: the gates r, z and h̃ of every step, `[3 * time, batch, units]`.
 */
export const gruBlockCell: RecurrentLayer = {
  forward(backend, inputs, training) {
    const { batch, units } = sizesOf(inputs);
    const operands = weights(inputs);
    const steps: tf.Tensor[][] = [];
    let hidden = tf.zeros([batch, units]);
    for (const x of tf.unstack(timeFirst(inputs.x))) {
      const [r, z, candidate, h] = runOperation(
        backend,
        'GRUBlockCell',
        [x, hidden, ...operands],
        4,
      );
      steps.push([r!, z!, candidate!, h!]);
      hidden = h!;
    }
    const [r, z, candidate, h] = [0, 1, 2, 3].map((i) => steps.map((outputs) => outputs[i]!));
    const sequence = tf.stack(h!, 1);
    return training ? [sequence, tf.stack([...r!, ...z!, ...candidate!])] : [sequence];
  },

  backward(backend, { hidden, gates, dHidden, ...inputs }) {
    const { batch, time, units } = sizesOf(inputs);
    const operands = weights({ ...inputs, bias: tf.zeros([3 * units]) }); // a bias's shape alone matters
    const x = timeFirst(inputs.x);
    const before = tf.concat([tf.zeros([1, batch, units]), timeFirst(hidden).slice(0, time - 1)]);
    const [r] = tf.split(gates, 3);
    const steps = { x: tf.unstack(x), before: tf.unstack(before), gates: tf.unstack(gates) };
    const dSteps = tf.unstack(timeFirst(dHidden));

    const [dx, dCandidate, dResetUpdate] = [0, 1, 2].map(() => new Array<tf.Tensor>(time));
    let fromNext: tf.Tensor | undefined; // what step t + 1 sends back to h
    for (let t = time - 1; t >= 0; t--) {
      const gatesOfStep = [0, 1, 2].map((gate) => steps.gates[gate * time + t]!);
      const dh = fromNext === undefined ? dSteps[t]! : tf.add(dSteps[t]!, fromNext);
      const outputs = runOperation(
        backend,
        'GRUBlockCellGrad',
        [steps.x[t]!, steps.before[t]!, ...operands, ...gatesOfStep, dh],
        4,
      );
      [dx![t], fromNext, dCandidate![t], dResetUpdate![t]] = outputs as [
        ...[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor],
      ];
    }

    const candidate = tf.stack(dCandidate!);
    const [reset, update] = tf.split(tf.stack(dResetUpdate!), 2, 2);
    const updateReset = tf.concat([update!, reset!], 2);
    const all = tf.concat([updateReset, candidate], 2);
    const recurrent = [
      sumOfProducts(before, updateReset),
      sumOfProducts(tf.mul(r!, before), candidate),
    ];
    return [
      tf.stack(dx!, 1),
      ...[sumOfProducts(x, all), tf.concat(recurrent, 1), tf.sum(all, [0, 1])],
    ];
  },
};
