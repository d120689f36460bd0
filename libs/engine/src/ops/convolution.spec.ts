import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { int, sampled, uniform } from '../conformance/kernel-cases.fixture.spec';
import { useEngine } from '../engines/use-engine';
import { convolution1d, type Convolution1DOptions } from './convolution';
import type { LayerActivation } from './layer-op';
import { expectLayer } from './layer-op.fixture.spec';

interface Case extends Convolution1DOptions {
  /** `[batch, length, channels]` */
  x: [number, number, number];
  size: number;
  filters: number;
  hasBias: boolean;
  stride: number;
  dilation: number;
  padding: 'same' | 'valid' | 'causal';
  activation: LayerActivation;
}

const any: fc.Arbitrary<Case> = fc
  .record({
    x: fc.tuple(int(1, 5), int(1, 30), int(1, 20)),
    size: int(1, 5),
    filters: int(1, 40),
    hasBias: fc.boolean(),
    steps: fc.constantFrom<[number, number]>([1, 1], [1, 1], [2, 1], [3, 1], [1, 2], [1, 3]),
    padding: fc.constantFrom<Case['padding']>('same', 'valid', 'causal'),
    activation: fc.constantFrom<LayerActivation>('linear', 'relu'),
  })
  .map(({ steps: [stride, dilation], ...rest }) => ({ stride, dilation, ...rest }))
  .filter(({ padding, x, size, dilation }) => padding !== 'valid' || x[1] > (size - 1) * dilation);

const plain = { stride: 1, dilation: 1, padding: 'same', hasBias: true } as const;
const cases: Case[] = [
  ...sampled(any, 60),
  { ...plain, x: [9, 37, 1], size: 3, filters: 16, activation: 'relu' },
  { ...plain, x: [2, 37, 32], size: 3, filters: 16, activation: 'relu' },
  { ...plain, x: [3, 13, 64], size: 1, filters: 128, activation: 'linear' },
  { ...plain, x: [1, 6, 200], size: 2, filters: 48, activation: 'relu' },
  { ...plain, x: [0, 10, 3], size: 2, filters: 4, activation: 'relu' },
];

function operandsOf({ x, size, filters, hasBias }: Case): tf.Tensor[] {
  const operands = [uniform([...x], 1), uniform([size, x[2], filters], 2)];
  return hasBias ? [...operands, uniform([filters], 3)] : operands;
}

function fused(options: Case, [x, kernel, bias]: tf.Tensor[], inputGradient = true): tf.Tensor {
  const operands = [x, kernel, bias ?? null] as [tf.Tensor3D, tf.Tensor3D, tf.Tensor1D | null];
  return convolution1d(...operands, { ...options, inputGradient });
}

/** One product for each tap: tfjs cannot derive a dilated convolution. */
function composed(options: Case, [x, kernel, bias]: tf.Tensor[]): tf.Tensor {
  const { x: shape, size, filters, stride, dilation, padding, activation } = options;
  const [batch, length, channels] = shape;
  const span = (size - 1) * dilation;
  const steps = Math.ceil((padding === 'valid' ? length - span : length) / stride);
  const total = Math.max(0, (steps - 1) * stride + span + 1 - length);
  const left = { same: Math.floor(total / 2), valid: 0, causal: span }[padding];
  const padded = x!.pad([
    [0, 0],
    [left, total + span],
    [0, 0],
  ]);
  let sum = bias ?? tf.zeros([filters]);
  for (let tap = 0; tap < size; tap++) {
    const places = Int32Array.from({ length: steps }, (_, i) => i * stride + tap * dilation);
    const rows = padded.gather(tf.tensor1d(places), 1).reshape([batch * steps, channels]);
    const product = rows.matMul(kernel!.slice(tap, 1).reshape([channels, filters]));
    sum = product.reshape([batch, steps, filters]).add(sum);
  }
  return activation === 'relu' ? sum.relu() : sum;
}

beforeAll(() => useEngine('reference')); // and with it tfjs's production mode

it.each(cases.map((shape) => ({ shape, name: JSON.stringify(shape) })))(
  'is a product for each tap, its value and gradients: $name',
  async ({ shape }) => {
    await expectLayer({
      operands: () => operandsOf(shape),
      composed: (operands) => composed(shape, operands),
      fused: (operands, inputGradient) => fused(shape, operands, inputGradient),
    });
  },
);

it.each([
  ['x of other channels', [2, 7, 4], [3, 3, 5], [5]],
  ['a bias of other filters', [2, 7, 3], [3, 3, 5], [4]],
])('refuses %s', (_, x, kernel, bias) => {
  const tensors = [tf.zeros(x), tf.zeros(kernel), tf.zeros(bias)] as const;
  expect(() => convolution1d(...(tensors as [tf.Tensor3D, tf.Tensor3D, tf.Tensor1D]))).toThrow(
    /^Cannot run convolution1d on x \[2, 7, .\]: expected x \[batch, length, 3\] for the kernel \[3, 3, 5\]/,
  );
});
