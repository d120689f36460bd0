import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  casesOf,
  int,
  type KernelCase,
  sampled,
  uniform,
  whole,
} from './kernel-cases.fixture.spec';

type Op = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
const operations: readonly (readonly [kernel: string, Op])[] = [
  ['Add', tf.add],
  ['Sub', tf.sub],
  ['Multiply', tf.mul],
  ['RealDiv', tf.div],
];

/** Two shapes that broadcast: each size of the whole may be 1, and leading ones may be absent, in either. */
const pair = fc
  .array(fc.record({ size: int(1, 4), inA: fc.boolean(), inB: fc.boolean() }), { maxLength: 4 })
  .chain((axes) => {
    const a = axes.map(({ size, inA }) => (inA ? size : 1));
    const b = axes.map(({ size, inB }) => (inB ? size : 1));
    return fc.record({ a: trimmed(a), b: trimmed(b) });
  });

/** A shape, with or without its leading ones. */
function trimmed(shape: number[]): fc.Arbitrary<number[]> {
  const first = shape.findIndex((size) => size !== 1);
  return fc.constantFrom(shape, shape.slice(first < 0 ? shape.length : first));
}

/** Sizes about a vector's width: the longest is 16. */
const wide = fc.constantFrom(1, 3, 15, 16, 17, 33, 70);

/** As {@link pair}, with rows that do and do not fill vectors. */
const widePair = fc
  .array(fc.record({ size: wide, inA: fc.boolean(), inB: fc.boolean() }), { maxLength: 3 })
  .map((axes) => ({
    a: axes.map(({ size, inA }) => (inA ? size : 1)),
    b: axes.map(({ size, inB }) => (inB ? size : 1)),
  }));

const pairs = [
  ...sampled(pair, 60),
  ...sampled(widePair, 40),
  { a: [1001], b: [1001] },
  { a: [1500, 33], b: [33] },
  { a: [7], b: [5000, 7] },
  { a: [2, 1, 2, 1, 2, 1], b: [1, 3, 1, 3, 1, 3] },
  { a: [3, 1], b: [1, 4] },
  { a: [2, 3, 5, 4], b: [3, 1, 4] },
  { a: [3, 4], b: [3, 1] },
  { a: [], b: [2, 2] },
  { a: [0, 3], b: [1, 3] },
  { a: [2, 0], b: [] },
  { a: [0], b: [0] },
];

const special = [0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-30, 3e38, 16777216];
const subnormal = [1e-45, 1e-39, -1e-39, 0, -0.5, 3e38, Infinity];

export const BINARY_CASES: readonly KernelCase[] = operations.flatMap(([kernel, op]) => [
  ...casesOf(kernel, pairs, ({ a, b }) => op(uniform(a, 1), uniform(b, 2))),
  ...casesOf(kernel, ['special values'], () =>
    op(tf.tensor2d(special, [special.length, 1]), tf.tensor1d(special)),
  ),
  ...casesOf(kernel, ['subnormal numbers'], () =>
    op(tf.tensor2d(subnormal, [subnormal.length, 1]), tf.tensor1d(subnormal)),
  ),
  ...casesOf(kernel, ['special values, equal shapes'], () =>
    op(tf.tensor1d(special), tf.tensor1d([...special].reverse())),
  ),
  ...casesOf(kernel, ['float32 and int32'], () =>
    op(uniform([2, 3]), tf.tensor1d([1, 2, 3], 'int32')),
  ),
]);

/** Binary kernels beyond those of the reference engine. */
const furtherOperations: readonly (readonly [kernel: string, Op])[] = [
  ['Maximum', tf.maximum],
  ['Minimum', tf.minimum],
  ['SquaredDifference', tf.squaredDifference],
];

export const FURTHER_BINARY_CASES: readonly KernelCase[] = [
  ...furtherOperations.flatMap(([kernel, op]) => [
    ...casesOf(kernel, pairs, ({ a, b }) => op(uniform(a, 1), uniform(b, 2))),
    ...casesOf(kernel, ['special values'], () =>
      op(tf.tensor2d(special, [special.length, 1]), tf.tensor1d(special)),
    ),
    ...casesOf(kernel, ['subnormal numbers'], () =>
      op(tf.tensor2d(subnormal, [subnormal.length, 1]), tf.tensor1d(subnormal)),
    ),
    ...casesOf(kernel, ['int32'], () =>
      op(tf.cast(whole([3, 4]), 'int32'), tf.tensor1d([1, 0, -1, 2], 'int32')),
    ),
  ]),
  ...casesOf('AddN', [[2, 3], [17], [0, 3], [50, 1000], []], (shape) =>
    tf.addN([1, 2, 3, 4].map((seed) => uniform(shape, seed))),
  ),
  ...casesOf('AddN', ['int32', 'of one'] as const, (name) =>
    tf.addN(
      name === 'int32'
        ? [1, 2].map((seed) => tf.cast(whole([3, 4], seed), 'int32'))
        : [uniform([3, 4])],
    ),
  ),
];

/** tf.div of int32 is another kernel: the others alone. */
export const INTEGER_CASES: readonly KernelCase[] = operations.slice(0, 3).flatMap(([kernel, op]) =>
  casesOf(kernel, [{ int32: [3, 4] }, { int32: [3, 1] }], ({ int32 }) => {
    const large = tf.tensor2d([16777217, -5, 2, 1, 0, 7, 9, 3, 8, 4, 6, 11], [3, 4], 'int32');
    return op(large, tf.cast(whole(int32, 2), 'int32'));
  }),
);

const reductions = [
  ['Sum', tf.sum],
  ['Mean', tf.mean],
] as const;

const reduced = fc.array(int(1, 5), { maxLength: 4 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    axes: fc.subarray(shape.map((_, axis) => (axis % 2 === 0 ? axis : axis - shape.length))),
    keepDims: fc.boolean(),
  }),
);

const reducedShapes = [
  ...sampled(reduced, 60),
  { shape: [0, 3], axes: [0], keepDims: false },
  { shape: [0, 3], axes: [1], keepDims: true },
  { shape: [2, 3, 4], axes: [2, 0], keepDims: false },
  { shape: [2, 3, 4], axes: [2, 1], keepDims: true },
  { shape: [3, 1, 2], axes: [1], keepDims: false },
];

/** Beyond a vector's width, and beyond what one thread does at a time. */
const largeReductions = [
  ...sampled(
    fc.array(wide, { minLength: 1, maxLength: 3 }).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axes: fc.subarray(shape.map((_, axis) => axis)),
        keepDims: fc.boolean(),
      }),
    ),
    40,
  ),
  { shape: [100003], axes: [0], keepDims: false },
  { shape: [3, 70001], axes: [1], keepDims: true },
  { shape: [5003, 11], axes: [0], keepDims: false },
  { shape: [5003, 33], axes: [0], keepDims: false },
  { shape: [20, 5000], axes: [0], keepDims: false },
  { shape: [40, 115, 32], axes: [1], keepDims: false },
  { shape: [30, 40, 50], axes: [0, 2], keepDims: false },
];

export const REDUCTION_CASES: readonly KernelCase[] = reductions.flatMap(([kernel, op]) => [
  ...casesOf(kernel, reducedShapes, ({ shape, axes, keepDims }) =>
    op(uniform(shape), axes, keepDims),
  ),
  ...casesOf(kernel, largeReductions, ({ shape, axes, keepDims }) =>
    op(uniform(shape), axes, keepDims),
  ),
  ...casesOf(kernel, ['equal values: a sum in float32 would drift'], () =>
    op(tf.fill([1_000_000], 0.1)),
  ),
  ...casesOf(kernel, ['every axis by default'], () => op(uniform([2, 3, 4]))),
  ...casesOf(kernel, ['int32', 'bool'] as const, (dtype) => op(tf.cast(whole([3, 4]), dtype), 1)),
  ...casesOf(kernel, ['NaN and infinities'], () =>
    op(tf.tensor2d(special, [2, special.length / 2]), 0),
  ),
]);

/** More parts than can be added up at once. */
export const LONG_REDUCTION_CASES: readonly KernelCase[] = casesOf(
  'Sum',
  [{ shape: [70_001, 33], axes: [0] }],
  ({ shape, axes }) => tf.sum(uniform(shape), axes),
);

const extremes = [
  ['Max', tf.max],
  ['Min', tf.min],
] as const;

export const EXTREME_CASES: readonly KernelCase[] = [
  ...extremes.flatMap(([kernel, op]) => [
    ...casesOf(kernel, [...reducedShapes.slice(0, 60), ...largeReductions], (shape) =>
      op(uniform(shape.shape), shape.axes, shape.keepDims),
    ),
    ...casesOf(kernel, ['int32'], () => op(tf.cast(whole([3, 4]), 'int32'), 1)),
    ...casesOf(kernel, [0, 1], (axis) => {
      const values = [
        NaN,
        1,
        -Infinity,
        -Infinity,
        2,
        NaN,
        Infinity,
        -Infinity,
        3,
        4,
        5,
        -Infinity,
      ];
      return op(tf.tensor2d(values, [3, 4]), axis);
    }),
  ]),
  ...casesOf('ArgMax', [[1], [7], [33], [4, 11], [3, 17, 16], [2000, 11], [0, 3]], (shape) =>
    tf.argMax(whole(shape), -1),
  ),
  ...casesOf('ArgMax', ['ties in long rows'], () => [
    tf.argMax(whole([4, 500]), 1),
    tf.argMax(whole([3, 700, 5]), 1),
  ]),
  ...casesOf('ArgMax', ['first axis'], () => tf.argMax(whole([5, 4]), 0)),
  ...casesOf('ArgMax', ['int32'], () => tf.argMax(tf.cast(whole([5, 4]), 'int32'), 1)),
  ...casesOf('ArgMax', ['NaN'], () =>
    tf.argMax(tf.tensor2d([NaN, 1, 2, 0, NaN, 3, NaN, NaN, NaN], [3, 3]), 1),
  ),
];
