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

const pairs = [
  ...sampled(pair, 60),
  { a: [3, 1], b: [1, 4] },
  { a: [2, 3, 5, 4], b: [3, 1, 4] },
  { a: [3, 4], b: [3, 1] },
  { a: [], b: [2, 2] },
  { a: [0, 3], b: [1, 3] },
  { a: [2, 0], b: [] },
  { a: [0], b: [0] },
];

const special = [0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-45, 3e38, 16777216];

export const BINARY_CASES: readonly KernelCase[] = operations.flatMap(([kernel, op]) => [
  ...casesOf(kernel, 0, pairs, ({ a, b }) => op(uniform(a, 1), uniform(b, 2))),
  ...casesOf(kernel, 0, ['special values'], () =>
    op(tf.tensor2d(special, [special.length, 1]), tf.tensor1d(special)),
  ),
  ...casesOf(kernel, 0, ['special values, equal shapes'], () =>
    op(tf.tensor1d(special), tf.tensor1d([...special].reverse())),
  ),
  ...casesOf(kernel, 0, ['float32 and int32'], () =>
    op(uniform([2, 3]), tf.tensor1d([1, 2, 3], 'int32')),
  ),
]);

/** tf.div of int32 is another kernel: the others alone. */
export const INTEGER_CASES: readonly KernelCase[] = operations.slice(0, 3).flatMap(([kernel, op]) =>
  casesOf(kernel, 0, [{ int32: [3, 4] }, { int32: [3, 1] }], ({ int32 }) => {
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
];

export const REDUCTION_CASES: readonly KernelCase[] = reductions.flatMap(([kernel, op]) => [
  ...casesOf(kernel, 1e-6, reducedShapes, ({ shape, axes, keepDims }) =>
    op(uniform(shape), axes, keepDims),
  ),
  ...casesOf(kernel, 1e-6, ['every axis by default'], () => op(uniform([2, 3, 4]))),
  ...casesOf(kernel, 1e-6, ['int32', 'bool'] as const, (dtype) =>
    op(tf.cast(whole([3, 4]), dtype), 1),
  ),
  ...casesOf(kernel, 1e-6, ['NaN and infinities'], () =>
    op(tf.tensor2d(special, [2, special.length / 2]), 0),
  ),
]);
