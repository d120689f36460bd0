import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { itOnWebGPU } from '../backends/webgpu/webgpu.fixture.spec';

const reductions = [
  { shape: [3, 4, 5], axes: [1], keepDims: false },
  { shape: [3, 4, 5], axes: [1], keepDims: true },
  { shape: [3, 4, 5], axes: [0, 2], keepDims: false },
  { shape: [2, 3, 2, 3], axes: [1, 3], keepDims: true },
  { shape: [2, 1, 3], axes: [1], keepDims: false },
  { shape: [7], axes: undefined, keepDims: false },
  { shape: [5, 33], axes: [0, 1], keepDims: false },
  { shape: [5, 0], axes: [0], keepDims: false },
  { shape: [], axes: undefined, keepDims: false },
];

it.each(reductions)(
  'the gradients of sum and mean of $shape over $axes are the same everywhere',
  async ({ shape, axes, keepDims }) => {
    await onEveryEngine(() => {
      tf.tidy(() => {
        const x = tf.randomUniform(shape, -1, 1, 'float32', 1);
        const kept = x.sum(axes, true);
        const count = Math.max(1, x.size / kept.size);
        const dy = tf.randomUniform(x.sum(axes, keepDims).shape, -1, 1, 'float32', 2);
        const spread = tf.add(dy.reshape(kept.shape), tf.zeros(shape));
        expectClose(tf.grad((x) => x.sum(axes, keepDims))(x, dy), spread, 1e-6);
        expectClose(tf.grad((x) => x.mean(axes, keepDims))(x, dy), spread.div(count), 1e-6);
      });
    });
  },
);

it('has a second gradient: that of the square of the mean', async () => {
  await onEveryEngine(() => {
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
      const gradient = tf.grad((x) => x.mean(1).square().sum());
      const second = tf.grad((x) => gradient(x).mul(x).sum())(x);
      expectClose(second, tf.tensor2d([8, 8, 8, 20, 20, 20], [2, 3]).div(3), 1e-6);
    });
  });
});

itOnWebGPU('is one dispatch on a graphics card', (backend) => {
  const x = tf.ones([51, 29, 12]);
  const dy = tf.ones([51, 12]);
  const mean = (x: tf.Tensor): tf.Tensor => x.mean(1);
  const forward = backend.dispatches;
  mean(x);
  const before = backend.dispatches;
  tf.grad(mean)(x, dy);
  expect(backend.dispatches - before).toBe(1 + (before - forward));
});
