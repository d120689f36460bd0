import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';
import { hasKernel } from './has-kernel';
import { layerNorm } from './layer-norm';

const EPSILON = 1e-3;

const composed = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const { mean, variance } = tf.moments(x, -1, true);
    return x.sub(mean).div(variance.add(EPSILON).sqrt()).mul(gamma).add(beta);
  });

const fused = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor =>
  layerNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, EPSILON);

const operandsOf = (shape: number[]): [tf.Tensor, tf.Tensor, tf.Tensor] => {
  const length = shape.slice(-1);
  return [uniform(shape, 1), uniform(length, 2).add(1), uniform(length, 3)];
};

it.each([
  [[1]],
  [[7]],
  [[5, 1]],
  [[4, 16]],
  [[3, 17]],
  [[2, 3, 64]],
  [[2000, 33]],
  [[30, 1030]],
  [[0, 5]],
])('%j: values and gradients as composed of other operations', async (shape) => {
  await onEveryEngine(() => {
    const operands = operandsOf(shape);
    const dy = uniform(shape, 4);
    expectClose(fused(...operands), composed(...operands), 1e-5);
    const expected = tf.grads(composed)(operands, dy);
    const actual = tf.grads(fused)(operands, dy);
    actual.forEach((gradient, i) => expectClose(gradient, expected[i]!, 5e-5));
  });
});

it('has the gradients of finite differences', async () => {
  await onEveryEngine(() => {
    const operands = operandsOf([2, 5]);
    const dy = uniform([2, 5], 4);
    const loss = (...args: tf.Tensor[]): tf.Scalar =>
      fused(...(args as typeof operands))
        .mul(dy)
        .sum()
        .asScalar();
    const gradients = tf.grads(loss)(operands);
    operands.forEach((operand, i) => {
      const step = 2 ** -8;
      const differences = Array.from({ length: operand.size }, (_, place) => {
        const direction = tf.oneHot(place, operand.size).mul(step).reshape(operand.shape);
        const above = operands.with(i, operand.add(direction));
        const below = operands.with(i, operand.sub(direction));
        return loss(...above)
          .sub(loss(...below))
          .div(2 * step);
      });
      expectClose(gradients[i]!, tf.stack(differences).reshape(operand.shape), 2e-3);
    });
  });
});

it('refuses weights that do not fit', () => {
  const [x, gamma] = operandsOf([2, 3]);
  expect(() => fused(x, gamma, tf.zeros([4]))).toThrow(
    'Cannot normalise the last axis of x [2, 3]: expected gamma and beta of [3], got [3] and [4].',
  );
});

it.each([1, 7, 64, 1030])('equal values, however large, are 0: %i of them', async (length) => {
  await onEveryEngine(() => {
    if (!hasKernel('LayerNorm')) return;
    const values = [1e20, -1e30, 3e38, 0.1, 12345.678, 0];
    const x = tf.tensor2d(values, [values.length, 1]).tile([1, length]);
    const y = layerNorm(x, tf.fill([length], 2), tf.fill([length], 0.5));
    expectClose(y, tf.fill(x.shape, 0.5), 0);
  });
});
