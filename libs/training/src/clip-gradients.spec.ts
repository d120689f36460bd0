import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { clipGradients } from './clip-gradients';

beforeAll(() => useEngine('reference'));

/** The clipped values of gradients `[a]` and `[[b, c]]`. */
const clipped = (values: readonly [number, number, number], most: number): number[] =>
  tf.tidy(() => {
    const [a, b, c] = values;
    const gradients = { one: tf.tensor1d([a]), two: tf.tensor2d([[b, c]]) };
    const { one, two } = clipGradients(gradients, most);
    expect([one!.shape, two!.shape]).toEqual([[1], [1, 2]]);
    return [...one!.dataSync(), ...two!.dataSync()];
  });

it('scales all of them by the norm of all', () => {
  clipped([2, 3, -6], 3.5).forEach((value, i) => expect(value).toBeCloseTo([1, 1.5, -3][i]!, 6));
});

it('leaves those within the norm as they are, and keeps what is no number', () => {
  const small = [0.1, 0.2, -0.3] as const;
  expect(clipped(small, 1)).toEqual(small.map(Math.fround));
  expect(clipped([0, 0, 0], 1)).toEqual([0, 0, 0]);
  expect(clipped([NaN, 1, 2], 1)).toEqual([NaN, NaN, NaN]);
  expect(clipGradients({}, 1)).toEqual({});
});
