import * as tf from '@tensorflow/tfjs';
import { expectCloseValues } from '../../../conformance/every-engine.fixture.spec';
import type { GPUBackend } from '../backend';
import { itOnWebGPU } from '../webgpu.fixture.spec';

function uniform(shape: number[], seed = 1): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, 'float32', seed);
}

function dispatchesOf(backend: GPUBackend, work: () => tf.Tensor): number {
  const before = backend.dispatches;
  work().dispose();
  return backend.dispatches - before;
}

itOnWebGPU('reduces short axes in one dispatch, long ones in two', (backend) => {
  const counts = [
    dispatchesOf(backend, () => tf.mean(uniform([52, 29, 128]), 1)),
    dispatchesOf(backend, () => tf.mean(uniform([64, 1000]), 1)),
    dispatchesOf(backend, () => tf.sum(uniform([5888, 64]), 0)),
    dispatchesOf(backend, () => tf.sum(uniform([1_000_000]))),
    dispatchesOf(backend, () => tf.sum(uniform([5, 1, 7]), 1)),
    dispatchesOf(backend, () => tf.sum(uniform([5, 6, 7]), [0, 2])),
  ];
  expect(counts).toEqual([1, 1, 2, 2, 0, 2]);
});

const rowwise = [
  ['sum', (x: tf.Tensor) => x.sum(1)],
  ['mean', (x: tf.Tensor) => x.mean(1)],
  ['softmax', (x: tf.Tensor) => tf.softmax(x)],
  ['argMax', (x: tf.Tensor) => x.argMax(1)],
] as const;

for (const [name, op] of rowwise) {
  itOnWebGPU(`${name} gives a row the same bits in every batch`, () => {
    for (const length of [3, 11, 115, 9001]) {
      const x = uniform([70, length]);
      const whole = op(x).dataSync();
      for (const rows of [1, 37]) {
        const values = op(x.slice([70 - rows, 0], [rows, length])).dataSync();
        expectCloseValues(values, whole.slice(-values.length), 0);
      }
    }
  });
}
