import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { int, sampled, uniform } from '../conformance/kernel-cases.fixture.spec';
import { useEngine } from '../engines/use-engine';
import { dense } from './dense';
import type { LayerActivation } from './layer-op';
import { expectLayer } from './layer-op.fixture.spec';

interface Case {
  rows: number;
  inputs: number;
  units: number;
  hasBias: boolean;
  activation: LayerActivation;
}

const cases: Case[] = [
  ...sampled(
    fc.record({
      rows: int(1, 50),
      inputs: int(1, 40),
      units: int(1, 40),
      hasBias: fc.boolean(),
      activation: fc.constantFrom<LayerActivation>('linear', 'relu'),
    }),
    30,
  ),
  { rows: 3000, inputs: 115, units: 33, hasBias: true, activation: 'relu' },
  { rows: 5, inputs: 300, units: 300, hasBias: false, activation: 'linear' },
  { rows: 0, inputs: 3, units: 2, hasBias: true, activation: 'relu' },
];

function operandsOf({ rows, inputs, units, hasBias }: Case): tf.Tensor[] {
  const operands = [uniform([rows, inputs], 1), uniform([inputs, units], 2)];
  return hasBias ? [...operands, uniform([units], 3)] : operands;
}

function fused(
  { activation }: Case,
  [x, kernel, bias]: tf.Tensor[],
  inputGradient = true,
): tf.Tensor {
  const operands = [x, kernel, bias ?? null] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D | null];
  return dense(...operands, { activation, inputGradient });
}

function composed({ activation }: Case, [x, kernel, bias]: tf.Tensor[]): tf.Tensor {
  const product = x!.matMul(kernel!);
  const sum = bias ? product.add(bias) : product;
  return activation === 'relu' ? sum.relu() : sum;
}

beforeAll(() => useEngine('reference')); // and with it tfjs's production mode

it.each(cases)(
  'is tfjs, its value and gradients: $rows × $inputs × $units, bias $hasBias, $activation',
  async (shape) => {
    await expectLayer({
      operands: () => operandsOf(shape),
      composed: (operands) => composed(shape, operands),
      fused: (operands, inputGradient) => fused(shape, operands, inputGradient),
    });
  },
);

it('keeps nothing but what it gives', async () => {
  await onEveryEngine(() => {
    const shape: Case = { rows: 9, inputs: 5, units: 3, hasBias: false, activation: 'relu' };
    const operands = operandsOf(shape);
    const { numTensors } = tf.memory();
    const gradients = tf.tidy(() =>
      tf.grads((...args: tf.Tensor[]) => fused(shape, args))(operands, tf.ones([9, 3])),
    );
    expect(tf.memory().numTensors).toBe(numTensors + gradients.length);
    tf.dispose([...operands, ...gradients]);
  });
});

it.each([
  ['x of other inputs', [2, 4], [3, 5], [5]],
  ['a bias of other units', [2, 3], [3, 5], [4]],
])('refuses %s', (_, x, kernel, bias) => {
  const tensors = [tf.zeros(x), tf.zeros(kernel), tf.zeros(bias)] as const;
  expect(() => dense(...(tensors as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]))).toThrow(
    /^Cannot run dense on x \[2, .\]: expected x \[rows, 3\] for the kernel \[3, 5\], and a bias of 5/,
  );
});
