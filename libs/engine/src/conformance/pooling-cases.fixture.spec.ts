import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { casesOf, int, type KernelCase, sampled, uniform } from './kernel-cases.fixture.spec';

interface Window {
  /** `[batch, height, width, channel]` */
  readonly x: [number, number, number, number];
  readonly filter: [number, number];
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
}

const windows: readonly Window[] = [
  ...sampled(
    fc
      .record<Window>({
        x: fc.tuple(int(1, 3), int(1, 9), int(1, 9), fc.constantFrom(1, 3, 15, 16, 17, 40)),
        filter: fc.tuple(int(1, 4), int(1, 4)),
        strides: fc.tuple(int(1, 3), int(1, 3)),
        pad: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
      })
      .filter(({ x, filter, pad }) => pad === 'same' || (filter[0] <= x[1] && filter[1] <= x[2])),
    60,
  ),
  { x: [5, 115, 1, 32], filter: [2, 1], strides: [2, 1], pad: 'valid' },
  { x: [3, 58, 1, 33], filter: [3, 1], strides: [1, 1], pad: 'same' },
  { x: [0, 5, 5, 2], filter: [2, 2], strides: [2, 2], pad: 'same' },
];

const row = [NaN, NaN, NaN, 1, -Infinity, -Infinity, -Infinity, Infinity, 2, NaN];

type Pool = (x: tf.Tensor, shape: Omit<Window, 'x'>) => tf.Tensor;
const max: Pool = (x, { filter, strides, pad }) =>
  tf.maxPool(x as tf.Tensor4D, filter, strides, pad);
const average: Pool = (x, { filter, strides, pad }) =>
  tf.avgPool(x as tf.Tensor4D, filter, strides, pad);

function gradient(pool: Pool, shape: Window): tf.Tensor {
  const x = uniform(shape.x);
  return tf.grad((x) => pool(x, shape))(x, uniform(pool(x, shape).shape, 3));
}

export const POOLING_CASES: readonly KernelCase[] = [
  ...casesOf('MaxPool', windows, (shape) => max(uniform(shape.x), shape)),
  ...casesOf('MaxPool', ['NaN and infinities'], () =>
    max(tf.tensor4d(row, [1, 1, 10, 1]), { filter: [1, 3], strides: [1, 1], pad: 'same' }),
  ),
  ...casesOf('MaxPool', ['padding alone'], () =>
    tf.maxPool(uniform([2, 3, 3, 2]) as tf.Tensor4D, 2, 1, 2),
  ),
  ...casesOf('MaxPool', ['int32'], () =>
    tf.maxPool(uniform([2, 4, 4, 2]).mul<tf.Tensor4D>(9).toInt(), 2, 2, 'valid'),
  ),
  ...casesOf('AvgPool', windows, (shape) => average(uniform(shape.x), shape)),
  ...casesOf('AvgPool', ['padding alone'], () =>
    tf.avgPool(uniform([2, 3, 3, 2]) as tf.Tensor4D, 2, 1, 2),
  ),
  ...casesOf('MaxPoolGrad', windows, (shape) => gradient(max, shape)),
  ...casesOf('AvgPoolGrad', windows, (shape) => gradient(average, shape)),
];
