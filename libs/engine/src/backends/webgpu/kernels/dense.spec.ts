import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../../conformance/every-engine.fixture.spec';
import { dense } from '../../../ops/dense';
import { uniform } from '../../../conformance/kernel-cases.fixture.spec';
import { itOnWebGPU } from '../webgpu.fixture.spec';

const operands = (): [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D] => [
  uniform([21, 7], 1) as tf.Tensor2D,
  uniform([7, 5], 2) as tf.Tensor2D,
  uniform([5], 3) as tf.Tensor1D,
];

itOnWebGPU('a dense layer is one dispatch, and its gradients are two or three', (backend) => {
  const [x, kernel, bias] = operands();
  const dy = uniform([21, 5], 4);
  const count = (run: () => unknown): number => {
    const before = backend.dispatches;
    tf.tidy(() => void run());
    return backend.dispatches - before;
  };
  const layer = (inputGradient: boolean) => (kernel: tf.Tensor, bias: tf.Tensor) =>
    dense(x, kernel as tf.Tensor2D, bias as tf.Tensor1D, { activation: 'relu', inputGradient });
  expect(count(() => dense(x, kernel, bias))).toBe(1);
  expect(count(() => tf.grads(layer(true))([kernel, bias], dy))).toBe(1 + 3);
  expect(count(() => tf.grads(layer(false))([kernel, bias], dy))).toBe(1 + 2);
});

itOnWebGPU('ReLU of a dense layer keeps what is not a number, and so does its gradient', () => {
  const [x, kernel, bias] = operands();
  const isOdd = tf.range(0, 21).equal(tf.scalar(5)).expandDims(1);
  const odd = tf.where(isOdd, tf.fill([21, 7], NaN), x);
  const layer = (x: tf.Tensor): tf.Tensor2D =>
    dense(x as tf.Tensor2D, kernel, bias, { activation: 'relu' });
  const marked = (clean: tf.Tensor): tf.Tensor => tf.where(isOdd, tf.fill(clean.shape, NaN), clean);
  expectClose(layer(odd), marked(layer(x)), 1e-6);
  expectClose(tf.grad(layer)(odd), marked(tf.grad(layer)(x)), 1e-6);
});
