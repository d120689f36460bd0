import * as tf from '@tensorflow/tfjs';
import { casesOf, type KernelCase, uniform, whole } from './kernel-cases.fixture.spec';

type Op = (x: tf.Tensor) => tf.Tensor;

/** Exactly rounded, or no more than a choice: the same bits. */
const exact: readonly (readonly [kernel: string, Op])[] = [
  ['Neg', tf.neg],
  ['Abs', tf.abs],
  ['Square', tf.square],
  ['Sqrt', tf.sqrt],
  ['Reciprocal', tf.reciprocal],
  ['Relu', tf.relu],
  ['Relu6', tf.relu6],
  ['Step', (x) => tf.step(x)],
  ['Step', (x) => tf.step(x, -0.25)],
  ['ClipByValue', (x) => tf.clipByValue(x, -0.5, 2)],
  ['ZerosLike', tf.zerosLike],
  ['OnesLike', tf.onesLike],
];

const approximate: readonly (readonly [kernel: string, Op])[] = [
  ['Rsqrt', tf.rsqrt],
  ['Exp', tf.exp],
  ['Log', tf.log],
  ['Sigmoid', tf.sigmoid],
  ['Tanh', tf.tanh],
  ['Elu', tf.elu],
  ['LeakyRelu', (x) => tf.leakyRelu(x, 0.2)],
  ['Erf', tf.erf],
  ['Expm1', tf.expm1],
  ['Log1p', tf.log1p],
  ['Selu', tf.selu],
  ['Softplus', tf.softplus],
];

const shapes = [[], [0], [1], [5], [15], [16], [17], [3, 0, 2], [2, 3, 7], [33, 1000]];

const special = [
  ...[0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-30, 3e38, -3e38],
  ...[0.5, 2, 6, 6.5, 80, -80, 87, 88, 88.5, 89, -87, -88, -100, 1000, -1000],
];

/** Among others, of which there may be four in a vector. */
const subnormal = [1e-45, 1e-39, -1e-39, -1e-45, 0.5, 1e-39];

const steps = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100);

/** What tfjs refuses to do with int32. */
const forFloats = new Set([
  'Sqrt',
  'Rsqrt',
  'Log',
  'Log1p',
  'Sigmoid',
  'Tanh',
  'Elu',
  'Selu',
  'Softplus',
]);

function casesOfUnary(kernel: string, op: Op): KernelCase[] {
  return [
    ...casesOf(kernel, shapes, (shape) => op(uniform(shape))),
    ...casesOf(kernel, ['special values'], () => op(tf.tensor1d(special))),
    ...casesOf(kernel, ['subnormal numbers'], () => op(tf.tensor1d(subnormal))),
    ...casesOf(kernel, ['from -20 to 20'], () => op(tf.tensor1d(steps))),
    ...casesOf(kernel, forFloats.has(kernel) ? [] : ['int32'], () =>
      op(tf.cast(whole([3, 4]), 'int32')),
    ),
  ];
}

/** tf.grad of an operation at values on both sides of its bends. */
const gradient = (op: Op) => (): tf.Tensor => tf.grad(op)(tf.tensor1d(steps), uniform([4001]));

export const UNARY_CASES: readonly KernelCase[] = [
  ...exact.flatMap(([kernel, op]) => casesOfUnary(kernel, op)),
  ...approximate.flatMap(([kernel, op]) => casesOfUnary(kernel, op)),
  ...casesOf('EluGrad', ['elu'], gradient(tf.elu)),
  ...casesOf('Cast', ['int32', 'bool'] as const, (dtype) =>
    tf.cast(tf.cast(whole([5, 7]), dtype), 'float32').add(0.5),
  ),
  ...casesOf('Cast', ['int32', 'bool', 'float32'] as const, (dtype) =>
    tf.cast(whole([5, 7]), dtype),
  ),
  ...casesOf('Fill', [[], [0], [17], [40, 1000]], (shape) => tf.fill(shape, -1.5)),
  ...casesOf('Fill', ['int32'], () => tf.fill([3, 4], 16777217, 'int32')),
];
