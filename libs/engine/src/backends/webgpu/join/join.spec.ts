import * as tf from '@tensorflow/tfjs';
import { expectClose, expectCloseValues } from '../../../conformance/every-engine.fixture.spec';
import { join, type JoinInput } from '../../../ops/join';
import { uniform } from '../../../conformance/kernel-cases.fixture.spec';
import type { GPUBackend } from '../backend';
import { withBindings } from '../bindings.fixture.spec';
import { itOnWebGPU } from '../webgpu.fixture.spec';

/** An input of so many rows with its normalisation; the averages after a batch go to `after`. */
function inputOf(rows: number, channels: number, seed: number, after: tf.Tensor[]): JoinInput {
  const vector = (i: number) => uniform([channels], 10 * seed + i).add(2);
  return {
    x: uniform([rows, channels], seed),
    norm: {
      gamma: vector(1),
      beta: vector(2),
      mean: vector(3),
      variance: vector(4),
      epsilon: 1e-3,
      momentum: 0.9,
      onAverages: (mean, variance) => after.push(tf.keep(mean), tf.keep(variance)),
    },
  };
}

/** What a join of three normalised inputs gives, and how many dispatches that takes. */
function results(backend: GPUBackend, channels: number) {
  const averages: tf.Tensor[] = [];
  const inputs = [channels, channels, 2 * channels].map((n, i) => inputOf(700, n, i + 1, averages));
  const dy = uniform([700, 2 * channels], 4);
  const run = (training: boolean, ...x: tf.Tensor[]): tf.Tensor => {
    const [first, second, shortcut] = inputs.map((input, i) => ({ ...input, x: x[i]! }));
    return join({ branches: [first!, second!], relu: true, shortcut: shortcut! }, training);
  };
  const x = inputs.map((input) => input.x);
  const count = <T>(f: () => T): [T, number] => {
    const before = backend.dispatches;
    return [f(), backend.dispatches - before];
  };
  const [inferred, inference] = count(() => run(false, ...x));
  const gradients = tf.grads((...x: tf.Tensor[]) => run(true, ...x));
  const [given, step] = count(() => gradients(x, dy));
  return { tensors: [inferred, ...averages, ...given], inference, step };
}

itOnWebGPU('is the same with any number of bindings, in few dispatches', (backend) => {
  for (const channels of [8, 5]) {
    const expected = results(backend, channels);
    for (const [bindings, inference, step] of [
      [8, 4, 8],
      [10, 2, 6],
      [12, 2, 6],
    ] as const) {
      const actual = withBindings(backend, bindings, () => results(backend, channels));
      expect([actual.inference, actual.step]).toEqual([inference, step]);
      actual.tensors.forEach((tensor, i) => expectClose(tensor, expected.tensors[i]!, 1e-6));
    }
  }
});

itOnWebGPU('has the variance of values that are far from 0 and close to each other', () => {
  const after: tf.Tensor[] = [];
  const rows = 5000;
  const { norm } = inputOf(rows, 3, 1, after);
  const values = Float32Array.from({ length: 3 * rows }, (_, i) => 1000 + Math.sin(i * i));
  const x = tf.tensor2d(values, [rows, 3]);
  const statistics = [0, 1, 2].map((c) => {
    const column = values.filter((_, i) => i % 3 === c);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, variance: squares / rows };
  });
  const untouched = { ...norm!, mean: tf.zeros([3]), variance: tf.zeros([3]), momentum: 0 };
  join({ branches: [{ x, norm: untouched }], relu: false }, true);
  const [mean, variance] = after.map((tensor) => tensor.dataSync());
  expectCloseValues(mean!, statistics.map((of) => of.mean), 1e-7); // prettier-ignore
  expectCloseValues(variance!, statistics.map((of) => of.variance), 1e-6); // prettier-ignore
});

itOnWebGPU('of nothing is nothing', () => {
  const after: tf.Tensor[] = [];
  const { x, norm } = inputOf(0, 3, 1, after);
  const run = (x: tf.Tensor) => join({ branches: [{ x, norm: norm! }], relu: true }, true);
  expect(run(x).shape).toEqual([0, 3]);
  expect(tf.grad(run)(x).shape).toEqual([0, 3]);
  expectClose(after[0]!, norm!.mean, 0);
  expectClose(after[1]!, norm!.variance, 0);
});
