import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { uniform, whole } from '../conformance/kernel-cases.fixture.spec';
import { adamUpdate } from './adam';
import { convolution1d } from './convolution';
import { crossEntropy } from './cross-entropy';
import { dense } from './dense';
import { gelu } from './gelu';
import { hasKernel } from './has-kernel';
import { join } from './join';
import { layerNorm } from './layer-norm';
import { gru, lstm } from './recurrent-op';
import { runModel } from './model/run-model';

/** What an operation gives for x, whose values are whole numbers. */
type Op = (x: tf.Tensor) => tf.Tensor;

const sequences = [3, 5, 4];
const weights = (gates: number) =>
  [uniform([4, gates * 2], 2), uniform([2, gates * 2], 3), uniform([gates * 2], 4)] as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
  ];

const OPS: Record<string, readonly [shape: number[], Op]> = {
  dense: [[7, 4], (x) => dense(x as tf.Tensor2D, uniform([4, 3], 2) as tf.Tensor2D, null)],
  'the weights of dense': [
    [4, 3],
    (kernel) => dense(uniform([7, 4], 2) as tf.Tensor2D, kernel as tf.Tensor2D, null),
  ],
  'the gradient of dense': [
    [7, 4],
    (x) =>
      tf.grad((kernel) =>
        dense(x as tf.Tensor2D, kernel as tf.Tensor2D, null, { inputGradient: false }),
      )(uniform([4, 3], 2), uniform([7, 3], 3)),
  ],
  convolution1d: [
    sequences,
    (x) => convolution1d(x as tf.Tensor3D, uniform([3, 4, 2], 2) as tf.Tensor3D, null),
  ],
  'a join': [sequences, (x) => (hasKernel('Join') ? join(joined(x), true) : x.toFloat())],
  'a join in inference': [
    sequences,
    (x) => (hasKernel('Join') ? join(joined(x), false) : x.toFloat()),
  ],
  layerNorm: [
    sequences,
    (x) => layerNorm(x, uniform([4], 2) as tf.Tensor1D, uniform([4], 3) as tf.Tensor1D),
  ],
  gelu: [[3, 5], gelu],
  lstm: [sequences, (x) => lstm(x as tf.Tensor3D, ...weights(4))],
  gru: [sequences, (x) => gru(x as tf.Tensor3D, ...weights(3))],
  'the gradient of lstm': [
    sequences,
    (x) => {
      const [kernel, ...rest] = weights(4);
      return tf.grad((kernel) =>
        lstm(x as tf.Tensor3D, kernel as tf.Tensor2D, ...rest, { inputGradient: false }),
      )(kernel);
    },
  ],
  'the logits of crossEntropy': [
    [7, 4],
    (x) => {
      const { loss, correct } = crossEntropy(x as tf.Tensor2D, tf.tensor1d([0, 1, 2, 3, 0, 1, 2]));
      return tf.stack([loss, correct]);
    },
  ],
  'the gradient of adamUpdate': [
    [2, 3],
    (gradient) => {
      const variable = tf.variable(uniform([2, 3], 2));
      const moments = tf.variable(tf.zeros([2, 2, 3]));
      const step = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 0.1, correction: 1 };
      adamUpdate([{ variable, moments, gradient }], step);
      return tf.concat([variable.flatten(), moments.flatten()]);
    },
  ],
  'a model': [
    [5, 4],
    (x) => {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });
      model.setWeights([uniform([4, 3], 2), uniform([3], 3)]);
      return runModel(model, x);
    },
  ],
};

function joined(x: tf.Tensor) {
  const [mean, variance] = [uniform([4], 2), uniform([4], 3).add(2)];
  const norm = { epsilon: 1e-3, momentum: 0.9, mean, variance, onAverages: () => undefined };
  return { branches: [{ x, norm, pooled: true }], relu: true } as const;
}

it.each(Object.keys(OPS))(
  '%s: int32 and bool are read as the numbers that they are',
  async (name) => {
    const [shape, op] = OPS[name]!;
    await onEveryEngine(() =>
      tf.tidy(() => {
        const numbers = whole(shape).add(0); // no −0, which int32 has not
        expectClose(op(numbers.toInt()), op(numbers), 0);
        const truths = numbers.toBool();
        expectClose(op(truths), op(truths.toFloat()), 0);
        expectClose(op(truths.toInt()), op(truths.toFloat()), 0); // the same values to tfjs, one byte each
      }),
    );
  },
);

it('numbers that were bool are indices, and numbers, like others', async () => {
  await onEveryEngine(() =>
    tf.tidy(() => {
      const bits = tf.tensor1d([1, 0, 1, 1, 0, 0, 1], 'bool').toInt();
      const table = uniform([2, 3]);
      expectClose(
        tf.gather(table, bits),
        tf.gather(table, tf.tensor1d([1, 0, 1, 1, 0, 0, 1], 'int32')),
        0,
      );
      expectClose(bits.toFloat(), tf.tensor1d([1, 0, 1, 1, 0, 0, 1]), 0);
      const sums = tf.unsortedSegmentSum(uniform([7, 3], 2), bits, 2);
      const same = tf.tensor1d([1, 0, 1, 1, 0, 0, 1], 'int32');
      expectClose(sums, tf.unsortedSegmentSum(uniform([7, 3], 2), same, 2), 0);
    }),
  );
});

it('refuses what holds other than numbers', async () => {
  await onEveryEngine((name) => {
    if (name === 'webgpu' || name === 'tensorflow') return; // whose drivers have words of their own
    const pairs = tf.complex(uniform(sequences), uniform(sequences)) as tf.Tensor3D;
    expect(() => lstm(pairs, ...weights(4))).toThrow(
      /expected a tensor of numbers, got one of complex64/,
    );
  });
});

it.each([-1, 3, 2_000_000_000, -2_000_000_000])('%d is no row to gather', async (index) => {
  await onEveryEngine((name) => {
    if (name === 'tensorflow') return; // which has words of its own
    const [table, indices] = [uniform([3, 2]), tf.tensor1d([0, 2, index, 1], 'int32')];
    expect(() => tf.gather(table, indices)).toThrow(
      `GatherV2: the index value ${index} is not in [0, 2]`,
    );
    expect(() => tf.gather(table.transpose(), indices, 1)).toThrow('is not in [0, 2]');
    expect(() => tf.gather(tf.range(0, 3, 1, 'int32'), indices)).toThrow('is not in [0, 2]');
  });
});
