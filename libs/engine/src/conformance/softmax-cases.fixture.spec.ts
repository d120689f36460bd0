import * as tf from '@tensorflow/tfjs';
import { casesOf, type KernelCase, uniform } from './kernel-cases.fixture.spec';

const shapes = [[1], [3], [16], [4, 1], [7, 11], [5, 16], [3, 17], [2, 3, 115], [60, 301], [0, 3]];

const rows = {
  large: [1000, 999, -1000, 0],
  'far apart': [0, -50, -100, -200],
  'minus infinity': [-Infinity, 1, 2, -Infinity],
  'minus infinity alone': [-Infinity, -Infinity, -Infinity, -Infinity],
  infinity: [Infinity, 1, 2, 3],
  NaN: [1, NaN, 2, 3],
};

export const SOFTMAX_CASES: readonly KernelCase[] = [
  ...casesOf('Softmax', shapes, (shape) => tf.softmax(uniform(shape).mul(5))),
  ...casesOf('Softmax', Object.keys(rows) as (keyof typeof rows)[], (name) =>
    tf.softmax(tf.tensor1d(rows[name])),
  ),
  ...casesOf('Softmax', ['gradient'], () =>
    tf.grad((x) => tf.softmax(x))(uniform([5, 17]), uniform([5, 17], 2)),
  ),
];
