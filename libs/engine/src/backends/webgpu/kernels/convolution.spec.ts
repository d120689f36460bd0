import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../../conformance/every-engine.fixture.spec';
import { convolution1d, type Convolution1DOptions } from '../../../ops/convolution';
import { uniform } from '../../../conformance/kernel-cases.fixture.spec';
import { itOnWebGPU } from '../webgpu.fixture.spec';

function operandsOf(batch: number): [tf.Tensor3D, tf.Tensor3D, tf.Tensor1D] {
  return [
    uniform([batch, 115, 16], 1) as tf.Tensor3D,
    uniform([3, 16, 24], 2) as tf.Tensor3D,
    uniform([24], 3) as tf.Tensor1D,
  ];
}

itOnWebGPU('a convolution is one dispatch, and its gradients are two or three', (backend) => {
  const [x, kernel, bias] = operandsOf(2);
  const count = (run: () => unknown): number => {
    const before = backend.dispatches;
    tf.tidy(() => void run());
    return backend.dispatches - before;
  };
  const options: Convolution1DOptions = { padding: 'same', activation: 'relu' };
  const dy = uniform([2, 115, 24], 4);
  const layer = (inputGradient: boolean) => (kernel: tf.Tensor, bias: tf.Tensor) =>
    convolution1d(x, kernel as tf.Tensor3D, bias as tf.Tensor1D, { ...options, inputGradient });
  expect(count(() => convolution1d(x, kernel, bias, options))).toBe(1);
  expect(count(() => tf.grads(layer(true))([kernel, bias], dy))).toBe(1 + 3);
  expect(count(() => tf.grads(layer(false))([kernel, bias], dy))).toBe(1 + 2);
});

itOnWebGPU('a sequence has the same bits in every batch, forwards and backwards', () => {
  const [x, kernel, bias] = operandsOf(300);
  for (const options of [{ stride: 2 }, { dilation: 2, activation: 'relu' }] as const) {
    const layer = (x: tf.Tensor): tf.Tensor3D =>
      convolution1d(x as tf.Tensor3D, kernel, bias, { padding: 'same', ...options });
    const few = x.slice(297);
    expectClose(layer(few), layer(x).slice(297), 0);
    expectClose(tf.grad(layer)(few), tf.grad(layer)(x).slice(297), 0);
  }
});
