import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { casesOf, int, type KernelCase, sampled, uniform } from './kernel-cases.fixture.spec';

/** Numbers that float32 does not hold, so that a copy through it is seen. */
function integers(shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Int32Array.from({ length: size }, (_, i) => 16777217 + 2 * i),
    shape,
    'int32',
  );
}

const splits = sampled(
  fc.array(int(1, 4), { maxLength: 3 }).chain((others) =>
    fc.record({
      others: fc.constant(others),
      axis: int(0, others.length),
      sizes: fc.array(int(0, 3), { minLength: 1, maxLength: 4 }),
      negative: fc.boolean(),
    }),
  ),
  40,
).map(({ others, axis, sizes, negative }) => ({
  x: others.toSpliced(
    axis,
    0,
    sizes.reduce((sum, size) => sum + size, 0),
  ),
  axis: negative ? axis - others.length - 1 : axis,
  sizes,
}));

const evenly = [
  { x: [6, 2], parts: 3, axis: 0 },
  { x: [2, 6, 3], parts: 2, axis: 1 },
  { x: [2, 3, 4], parts: 4, axis: -1 },
  { x: [5], parts: 1, axis: 0 },
];

const tiles = [
  ...sampled(
    fc
      .array(fc.record({ size: int(0, 3), times: int(0, 3) }), { minLength: 1, maxLength: 4 })
      .map((axes) => ({ x: axes.map(({ size }) => size), reps: axes.map(({ times }) => times) })),
    60,
  ),
  { x: [3, 4], reps: [2, 1] },
  { x: [1, 4], reps: [2, 3] },
  { x: [2, 4], reps: [2, 3] },
  { x: [1, 1, 5], reps: [3, 2, 1] },
  { x: [1, 3], reps: [1, 1] },
  { x: [2, 3], reps: [1, 1] },
];

export const COPY_CASES: readonly KernelCase[] = [
  ...casesOf('SplitV', 0, splits, ({ x, sizes, axis }) => tf.split(uniform(x), sizes, axis)),
  ...casesOf('SplitV', 0, evenly, ({ x, parts, axis }) => tf.split(uniform(x), parts, axis)),
  ...casesOf('SplitV', 0, ['int32'], () => tf.split(integers([2, 6]), [1, 5], 1)),
  ...casesOf('SplitV', 0, ['bool'], () => tf.split(uniform([2, 6]).greater(0), 2, 1)),
  ...casesOf('Tile', 0, tiles, ({ x, reps }) => tf.tile(uniform(x), reps)),
  ...casesOf('Tile', 0, ['int32'], () => tf.tile(integers([2, 3]), [2, 1])),
];
