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
  { x: [700, 66], parts: 2, axis: 1 },
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
  { x: [33, 17], reps: [5, 3] },
  { x: [40, 1, 20], reps: [1, 50, 1] },
  { x: [500, 1], reps: [1, 70] },
  { x: [2, 2, 2, 2], reps: [2, 2, 2, 2] },
];

export const COPY_CASES: readonly KernelCase[] = [
  ...casesOf('SplitV', splits, ({ x, sizes, axis }) => tf.split(uniform(x), sizes, axis)),
  ...casesOf('SplitV', evenly, ({ x, parts, axis }) => tf.split(uniform(x), parts, axis)),
  ...casesOf('SplitV', ['int32'], () => tf.split(integers([2, 6]), [1, 5], 1)),
  ...casesOf('SplitV', ['bool'], () => tf.split(uniform([2, 6]).greater(0), 2, 1)),
  ...casesOf('Tile', tiles, ({ x, reps }) => tf.tile(uniform(x), reps)),
  ...casesOf('Tile', ['int32'], () => tf.tile(integers([2, 3]), [2, 1])),
];

const size = fc.constantFrom(1, 2, 3, 5, 16, 17, 33);

/** The size of the other axes, the axis, and the sizes along it of what is put together. */
const concats = [
  ...sampled(
    fc.array(size, { maxLength: 3 }).chain((others) =>
      fc.record({
        others: fc.constant(others),
        axis: int(0, others.length),
        sizes: fc.array(int(0, 20), { minLength: 1, maxLength: 4 }),
      }),
    ),
    40,
  ),
  { others: [3], axis: -1, sizes: [2, 4] },
  { others: [2000], axis: 1, sizes: [32, 33] },
  { others: [70], axis: 0, sizes: [500, 1000] },
  { others: [0], axis: 0, sizes: [2, 3] },
];

/** A shape, and of each axis where a slice begins and how long it is. */
const slices = [
  ...sampled(
    fc
      .array(
        size.chain((n) =>
          int(0, n - 1).chain((begin) =>
            fc.record({ n: fc.constant(n), begin: fc.constant(begin), size: int(0, n - begin) }),
          ),
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((axes) => ({
        x: axes.map(({ n }) => n),
        begin: axes.map(({ begin }) => begin),
        size: axes.map(({ size }) => size),
      })),
    60,
  ),
  { x: [5, 4], begin: [1, 0], size: [-1, -1] },
  { x: [600, 70], begin: [3, 0], size: [500, 70] },
  { x: [600, 70], begin: [3, 1], size: [500, 68] },
  { x: [3, 3, 3, 3, 3], begin: [1, 1, 1, 1, 1], size: [2, 1, 2, 1, 2] },
  { x: [3, 3, 3, 3, 3, 3], begin: [1, 1, 1, 1, 1, 1], size: [2, 2, 2, 2, 2, 2] },
];

const transposes = [
  ...sampled(
    fc.array(size, { minLength: 2, maxLength: 4 }).chain((x) =>
      fc.record({
        x: fc.constant(x),
        perm: fc.shuffledSubarray(
          x.map((_, axis) => axis),
          { minLength: x.length },
        ),
      }),
    ),
    80,
  ),
  { x: [300, 257], perm: [1, 0] },
  { x: [10, 57, 50], perm: [0, 2, 1] },
  { x: [8, 29, 4, 16], perm: [0, 2, 1, 3] },
  { x: [8, 29, 4, 16], perm: [0, 2, 3, 1] },
  { x: [0, 3], perm: [1, 0] },
  { x: [2, 3, 2, 3, 2], perm: [4, 3, 2, 1, 0] },
  { x: [2, 3, 2, 3, 2, 3], perm: [5, 4, 3, 2, 1, 0] },
];

const pads = [
  ...sampled(
    fc
      .array(fc.record({ n: size, before: int(0, 3), after: int(0, 3) }), {
        minLength: 1,
        maxLength: 4,
      })
      .map((axes) => ({
        x: axes.map(({ n }) => n),
        paddings: axes.map(({ before, after }): [number, number] => [before, after]),
        value: 0.5,
      })),
    40,
  ),
  {
    x: [40, 57, 33],
    paddings: [
      [0, 0],
      [1, 2],
      [0, 0],
    ] as [number, number][],
    value: 0,
  },
  {
    x: [0, 2],
    paddings: [
      [1, 1],
      [0, 1],
    ] as [number, number][],
    value: 3,
  },
];

const gathers = [
  { x: [7, 5], indices: [4], axis: 0 },
  { x: [7, 5], indices: [2, 3], axis: 0 },
  { x: [7, 5], indices: [3], axis: 1 },
  { x: [3, 7, 17], indices: [2, 2], axis: 1 },
  { x: [9], indices: [5], axis: 0 },
  { x: [9, 4], indices: [0], axis: 0 },
  { x: [50, 33], indices: [40, 30], axis: 0 },
];

/** Places in an axis of size `n`, some of them more than once. */
function placesOf(shape: number[], n: number): tf.Tensor {
  const count = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Int32Array.from({ length: count }, (_, i) => (i * i + 3 * i) % n),
    shape,
    'int32',
  );
}

export const FURTHER_COPY_CASES: readonly KernelCase[] = [
  ...casesOf('Concat', concats, ({ others, axis, sizes }) => {
    const at = axis < 0 ? axis + others.length + 1 : axis;
    const parts = sizes.map((n, i) => uniform(others.toSpliced(at, 0, n), i + 1));
    return tf.concat(parts.length > 1 ? parts : [...parts, ...parts], axis);
  }),
  ...casesOf('Concat', ['int32'], () => tf.concat([integers([2, 3]), integers([2, 1])], 1)),
  ...casesOf('Slice', slices, ({ x, begin, size }) => tf.slice(uniform(x), begin, size)),
  ...casesOf('Slice', ['int32'], () => tf.slice(integers([4, 3]), [1, 1], [2, 2])),
  ...casesOf('Transpose', transposes, ({ x, perm }) => tf.transpose(uniform(x), perm)),
  ...casesOf('Transpose', ['int32'], () => tf.transpose(integers([4, 3]))),
  ...casesOf('PadV2', pads, ({ x, paddings, value }) => tf.pad(uniform(x), paddings, value)),
  ...casesOf('PadV2', ['int32'], () =>
    tf.pad(
      integers([2, 3]),
      [
        [1, 0],
        [0, 2],
      ],
      7,
    ),
  ),
  ...casesOf('GatherV2', gathers, ({ x, indices, axis }) =>
    tf.gather(uniform(x), placesOf(indices, x[axis]!) as tf.Tensor1D, axis),
  ),
  ...casesOf('GatherV2', ['batchDims'], () =>
    tf.gather(uniform([3, 5]), placesOf([3, 2], 5) as tf.Tensor1D, 1, 1),
  ),
  ...casesOf('GatherV2', ['int32'], () =>
    tf.gather(integers([7, 5]), placesOf([4], 7) as tf.Tensor1D),
  ),
  ...casesOf(
    'UnsortedSegmentSum',
    [{ x: [9] }, { x: [9, 5] }, { x: [40, 3, 17] }, { x: [60, 33] }],
    ({ x }) =>
      tf.unsortedSegmentSum(uniform(x), placesOf([x[0]!], 9).sub<tf.Tensor1D>(1).toInt(), 7),
  ),
];
