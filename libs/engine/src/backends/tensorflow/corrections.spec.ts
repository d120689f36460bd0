import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../conformance/every-engine.fixture.spec';
import { uniform, whole } from '../../conformance/kernel-cases.fixture.spec';
import { useEngine } from '../../engines/use-engine';
import { whereInstalled } from './installed.fixture.spec';

/** Beyond what every engine is tested for in kernel-conformance.spec.ts. */
const computations: readonly (readonly [string, () => tf.Tensor])[] = [
  ...(['pow', 'mod', 'less', 'notEqual'] as const).map(
    (name) =>
      [
        `${name} over more axes than TensorFlow broadcasts`,
        () => tf[name](uniform([2, 1, 2, 1, 2, 1]).abs(), uniform([1, 3, 1, 3, 1, 3], 2)),
      ] as const,
  ),
  ['a maximum of int32 with padding', () => tf.maxPool(int32([1, 4, 4, 2]), 2, 2, 1)],
  ['a mean whose windows leave out an edge', () => means(uniform([1, 5, 7, 2]))],
  ['its gradient', () => tf.grad(means)(uniform([1, 5, 7, 2]))],
  ['a maximum of no number', () => tf.maxPool(tf.fill<tf.Rank.R4>([1, 2, 2, 1], NaN), 2, 2, 0)],
];

function int32(shape: number[]): tf.Tensor4D {
  return tf.cast(whole(shape).sub(9), 'int32');
}

function means(x: tf.Tensor): tf.Tensor {
  return tf.avgPool(x as tf.Tensor4D, [2, 3], [2, 3], 'valid');
}

whereInstalled("TensorFlow's kernels", () => {
  it.each(computations)("%s, as on tfjs's cpu", async (_, compute) => {
    await tf.setBackend('cpu');
    const expected = tf.tidy(compute);
    await useEngine('tensorflow');
    const { numTensors } = tf.memory();
    const actual = tf.tidy(compute);
    expect(tf.memory().numTensors).toBe(numTensors + 1);
    expectClose(actual, expected, 1e-6);
  });
});
