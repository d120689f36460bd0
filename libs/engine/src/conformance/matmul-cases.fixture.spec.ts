import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  activation,
  casesOf,
  int,
  type KernelCase,
  sampled,
  uniform,
} from './kernel-cases.fixture.spec';

interface Product {
  /** Dimensions before the matrices of a and of b. */
  batches: [number[], number[]];
  rows: number;
  depth: number;
  columns: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** The same of both, one matrix for all, or fewer matrices for each of the last. */
const batches = fc.constantFrom<[number[], number[]]>(
  [[], []],
  [[3], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [[4], []],
  [[], [3]],
  [[1], [3]],
  [[2, 3], [3]],
  [
    [2, 3],
    [1, 3],
  ],
  [[3, 2, 1, 1], []],
);

const product: fc.Arbitrary<Product> = fc.record({
  batches,
  rows: int(1, 40),
  depth: int(1, 40),
  columns: int(1, 70),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
});

const both = [false, true];

/** Each transposition of a product that is large in one of its dimensions, or empty. */
const extremes: Product[] = [
  [1, 300, 33],
  [2, 5, 2000],
  [700, 64, 48],
  [130, 130, 130],
  [6, 3000, 17],
  [33, 1500, 31],
  [3, 0, 5],
  [0, 3, 5],
  [3, 5, 0],
].flatMap(([rows, depth, columns]) =>
  both.flatMap((transposeA) =>
    both.map((transposeB): Product => ({
      batches: [[], []],
      rows: rows!,
      depth: depth!,
      columns: columns!,
      transposeA,
      transposeB,
    })),
  ),
);

function operandsOf(shape: Product): [tf.Tensor, tf.Tensor] {
  const { batches, rows, depth, columns, transposeA, transposeB } = shape;
  const a = transposeA ? [depth, rows] : [rows, depth];
  const b = transposeB ? [columns, depth] : [depth, columns];
  return [uniform([...batches[0], ...a]), uniform([...batches[1], ...b], 2)];
}

function multiplied(shape: Product): tf.Tensor {
  return tf.matMul(...operandsOf(shape), shape.transposeA, shape.transposeB);
}

const fused = sampled(
  fc.record({
    // tf.fused.matMul makes one dimension of all batches
    product: product.filter(({ batches: [a, b] }) => a.length === b.length && a.length < 2),
    hasBias: fc.boolean(),
    activation,
  }),
  60,
);

export const MATMUL_CASES: readonly KernelCase[] = [
  ...casesOf('BatchMatMul', sampled(product, 60), multiplied),
  // Longer sums, so further from cpu's, which adds in float64.
  ...casesOf('BatchMatMul', extremes, multiplied),
  ...casesOf('BatchMatMul', ['NaN and infinity'], () =>
    tf.matMul(tf.tensor2d([NaN, 1, Infinity, 2], [2, 2]), tf.tensor2d([1, 1], [2, 1])),
  ),
  ...casesOf('BatchMatMul', ['int32'], () =>
    tf.matMul(tf.tensor2d([1, 2], [1, 2], 'int32'), tf.tensor2d([3, 4], [2, 1], 'int32')),
  ),
  ...casesOf('_FusedMatMul', fused, ({ product, hasBias, activation }) => {
    const [a, b] = operandsOf(product);
    return tf.fused.matMul({
      a,
      b,
      transposeA: product.transposeA,
      transposeB: product.transposeB,
      bias: hasBias ? uniform([product.columns], 3) : undefined,
      activation,
      leakyreluAlpha: 0.3,
      preluActivationWeights: activation === 'prelu' ? uniform([product.columns], 4) : undefined,
    });
  }),
  ...casesOf('_FusedMatMul', [{ biasOfRows: [5, 1] }, { biasOfRows: [5, 7] }], (shape) =>
    tf.fused.matMul({
      a: uniform([5, 3]),
      b: uniform([3, 7], 2),
      bias: uniform(shape.biasOfRows, 3),
      activation: 'relu',
    }),
  ),
  ...casesOf('_FusedMatMul', ['NaN and infinity'], () => {
    const a = tf.tensor2d([NaN, Infinity, -Infinity, 1000, -1000], [5, 1]);
    const activations = ['relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const;
    return activations.map((activation) =>
      tf.fused.matMul({ a, b: tf.tensor2d([1], [1, 1]), activation, leakyreluAlpha: 0.3 }),
    );
  }),
];
