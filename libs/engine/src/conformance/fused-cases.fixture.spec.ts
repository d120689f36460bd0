import * as tf from '@tensorflow/tfjs';
import { type AdamStep, adamUpdate } from '../ops/adam';
import { convolution1d } from '../ops/convolution';
import { crossEntropy } from '../ops/cross-entropy';
import { dense } from '../ops/dense';
import { gelu } from '../ops/gelu';
import { join, type JoinInput } from '../ops/join';
import { layerNorm } from '../ops/layer-norm';
import { gru, lstm } from '../ops/recurrent-op';
import { casesOf, type KernelCase, uniform } from './kernel-cases.fixture.spec';
import { deriveGRU, deriveLSTM, type Operands } from './recurrent-float64.fixture.spec';

/** An operation of ours: as one, and from its definition in operations of tfjs's. */
interface Operation {
  readonly operands: tf.Tensor[];
  readonly fused: (...operands: tf.Tensor[]) => tf.Tensor;
  readonly composed: (...operands: tf.Tensor[]) => tf.Tensor;
}

/** Cases of a kernel and of that of its gradients, `…Grad`: fused, and what tfjs's cpu makes of the definition. */
function casesOfFused<Shape>(
  kernel: string,
  shapes: readonly Shape[],
  operationOf: (shape: Shape) => Operation,
): KernelCase[] {
  const gradients = (which: 'fused' | 'composed') => (shape: Shape) => {
    const { operands, ...operation } = operationOf(shape);
    const run = operation[which];
    return tf.grads(run)(operands, uniform(operation[which](...operands).shape, 99));
  };
  const value = (which: 'fused' | 'composed') => (shape: Shape) => {
    const { operands, ...operation } = operationOf(shape);
    return operation[which](...operands);
  };
  return [
    ...casesOf(kernel, shapes, value('fused'), value('composed')),
    ...casesOf(`${kernel}Grad`, shapes, gradients('fused'), gradients('composed')),
  ];
}

/** Rows, inputs and units on both sides of tiles (4 or 6 rows, and twice that; 4 to 16 lanes, and twice that). */
const denseShapes = [
  ...[3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 25].map((rows) => [rows, 17, 33]),
  ...[1, 7, 8, 15, 16, 17, 31, 32, 33, 48, 65].flatMap((size) => [
    [7, size, 5],
    [7, 5, size],
  ]),
  // Depths in blocks of 128, as sums in parts, and layers as they ship with a whole and a last batch.
  ...[127, 128, 129, 257, 1024].map((inputs) => [13, inputs, 18]),
  ...[
    [512, 115, 64],
    [320, 64, 32],
    [130, 1856, 11],
    [512, 32, 2],
  ],
] as [number, number, number][];

const convolutionShapes = [
  ...[1, 2, 3, 12, 13, 25].map((length) => ({ x: [3, length, 5], filters: 9, stride: 1 })),
  ...[1, 15, 16, 17, 31, 32, 33, 65].flatMap((channels) => [
    { x: [2, 11, channels], filters: 3, stride: 1 },
    { x: [2, 11, 3], filters: channels, stride: 1 },
  ]),
  ...[63, 64, 65].map((channels) => ({ x: [2, 7, channels], filters: 17, stride: 1 })), // 192 gathered at once
  ...[15, 16, 17, 33].map((batch) => ({ x: [batch, 9, 4], filters: 8, stride: 2 })), // 16 parts
  { x: [61, 115, 1], filters: 16, stride: 1 },
  { x: [19, 115, 32], filters: 32, stride: 1 },
  { x: [5, 58, 64], filters: 64, stride: 1 },
  { x: [9, 58, 64], filters: 128, stride: 2 },
];

const crossEntropyShapes: [number, number][] = [
  [1, 2],
  [255, 11], // a range is 256 rows at least
  [256, 11],
  [257, 11],
  [512, 11],
  [320, 11],
  [4095, 2], // and 8192 numbers
  [4096, 2],
  [4097, 2],
  [33, 17],
  [1000, 300],
];

/** Rows in blocks of 32, channels around vectors and what is left of them, and the blocks that ship. */
const joinShapes = [
  ...[31, 32, 33, 63, 65].map((rows) => ({ x: [rows], channels: [5, 3], pooled: false })),
  ...[15, 16, 17, 31, 33, 47, 65].map((width) => ({
    x: [9],
    channels: [width, 3],
    pooled: false,
  })),
  { x: [20, 115], channels: [16, 16], pooled: false },
  { x: [9, 115], channels: [32, 32], pooled: true },
  { x: [7, 57], channels: [64, 64], pooled: true },
  { x: [1000], channels: [33], pooled: false },
];

const layerNormShapes = [
  ...[1, 15, 16, 17, 31, 33, 1023, 1024, 1025].map((length) => [5, length]),
  [255, 11],
  [257, 33],
  [64, 23, 32],
  [700, 24],
];

const geluShapes = [[1], [15], [16], [17], [16_385], [64, 23, 64]];

function joinOf(shape: (typeof joinShapes)[number]): Operation {
  const { x, channels, pooled } = shape;
  const width = channels.reduce((sum, count) => sum + count);
  const after = pooled ? [...x.slice(0, -1), Math.ceil(x.at(-1)! / 2)] : x;
  const inputs = [...channels.map((count) => [...x, count]), [...after, width]];
  const operands = inputs.flatMap((input, i) => [
    uniform(input, 10 * i + 1).add(i === 0 ? 4 : 0),
    uniform(input.slice(-1), 10 * i + 2).add(1.5),
    uniform(input.slice(-1), 10 * i + 3),
  ]);
  const epsilon = 1e-3;
  const partsOf = (all: tf.Tensor[]): tf.Tensor[][] =>
    inputs.map((_, i) => all.slice(3 * i, 3 * i + 3));
  const inputOf = ([x, gamma, beta]: tf.Tensor[]): JoinInput => {
    const [mean, variance] = [tf.zerosLike(gamma!), tf.onesLike(gamma!)];
    const norm = { gamma: gamma!, beta: beta!, mean, variance, epsilon, momentum: 0.9 };
    return { x: x!, norm: { ...norm, onAverages: () => undefined } };
  };
  const normal = ([x, gamma, beta]: tf.Tensor[]): tf.Tensor => {
    const axes = x!.shape.slice(0, -1).map((_, axis) => axis);
    const { mean, variance } = tf.moments(x!, axes);
    return x!.sub(mean).div(variance.add(epsilon).sqrt()).mul(gamma!).add(beta!);
  };
  const halved = (x: tf.Tensor): tf.Tensor => {
    const [length, count] = x.shape.slice(-2) as [number, number];
    const sequences = x.reshape<tf.Tensor4D>([-1, length, 1, count]);
    const maxima = tf.maxPool(sequences, [2, 1], [2, 1], 'same');
    return maxima.reshape([...x.shape.slice(0, -2), Math.ceil(length / 2), count]);
  };
  return {
    operands,
    fused: (...all) => {
      const parts = partsOf(all).map(inputOf);
      const shortcut = parts.pop()!;
      const [first, second] = parts.map((part) => ({ ...part, pooled }));
      const branches = second === undefined ? ([first!] as const) : ([first!, second] as const);
      return join({ branches, relu: true, shortcut }, true);
    },
    composed: (...all) => {
      const parts = partsOf(all);
      const shortcut = normal(parts.pop()!);
      const branches = parts.map(([x, ...rest]) => normal([pooled ? halved(x!) : x!, ...rest]));
      return tf.concat(branches, -1).relu().add(shortcut);
    },
  };
}

function layerNormOf(shape: number[]): Operation {
  const length = shape.slice(-1);
  return {
    operands: [uniform(shape, 1), uniform(length, 2).add(1), uniform(length, 3)],
    fused: (x, gamma, beta) => layerNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3),
    composed: (x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return x.sub(mean).div(variance.add(1e-3).sqrt()).mul(gamma).add(beta);
    },
  };
}

function crossEntropyOf([rows, classes]: [number, number]): Operation {
  const labels = tf.tensor1d(
    Int32Array.from({ length: rows }, (_, row) => (row * row) % classes),
    'int32',
  );
  return {
    operands: [uniform([rows, classes]).mul(20)],
    fused: (logits) => {
      const { loss, correct } = crossEntropy(logits as tf.Tensor2D, labels);
      correct.dispose();
      return loss;
    },
    composed: (logits) => tf.losses.softmaxCrossEntropy(tf.oneHot(labels, classes), logits),
  };
}

const recurrentShapes = [
  { batch: 3, time: 17, inputs: 2, units: 5 },
  { batch: 7, time: 33, inputs: 5, units: 17 },
];

/** Operands of a recurrent layer, what it gives and what its equations give. */
function recurrentCases(name: 'LSTM' | 'GRU'): KernelCase[] {
  const [op, float64, gates] =
    name === 'LSTM' ? ([lstm, deriveLSTM, 4] as const) : ([gru, deriveGRU, 3] as const);
  const operandsOf = (shape: (typeof recurrentShapes)[number]): tf.Tensor[] => {
    const { batch, time, inputs, units } = shape;
    const width = gates * units;
    const scaled = (n: number, seed: number) => uniform([n, width], seed).mul(Math.sqrt(3 / n));
    return [
      uniform([batch, time, inputs]),
      scaled(inputs, 2),
      scaled(units, 3),
      uniform([width], 4),
    ];
  };
  const dHidden = ({ batch, time, units }: (typeof recurrentShapes)[number]) =>
    uniform([batch, time, units], 5);
  const run = (...operands: tf.Tensor[]): tf.Tensor =>
    op(...(operands as [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]));
  const exact = (shape: (typeof recurrentShapes)[number]) => {
    const operands = operandsOf(shape);
    const values = operands.map((operand) => Float64Array.from(operand.dataSync())) as Operands;
    const { hidden, gradients } = float64(values, shape, dHidden(shape).dataSync());
    return {
      hidden: tf.tensor(Float32Array.from(hidden), [shape.batch, shape.time, shape.units]),
      gradients: gradients.map((values, i) =>
        tf.tensor(Float32Array.from(values), operands[i]!.shape),
      ),
    };
  };
  return [
    ...casesOf(
      `Fused${name}`,
      recurrentShapes,
      (shape) => run(...operandsOf(shape)),
      (shape) => exact(shape).hidden,
    ),
    ...casesOf(
      `Fused${name}Grad`,
      recurrentShapes,
      (shape) => tf.grads(run)(operandsOf(shape), dHidden(shape)),
      (shape) => exact(shape).gradients,
    ),
  ];
}

const spreads = [
  { x: [5], axes: [0] },
  { x: [33, 17], axes: [1] },
  { x: [4, 115, 32], axes: [1] },
];

/** A step somewhere in a training. */
const ADAM: AdamStep = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 0.024, correction: 18 };

/** Weights around vectors and around what one thread does at a time, and as they ship. */
const adamShapes = [[[1], [15], [16], [17]], [[16_383]], [[16_384]], [[16_385]], [[115, 64], [64]]];

/** The weights and moments of some variables after a step. */
function adamStep(shapes: readonly number[][]): tf.Tensor[] {
  const parameters = shapes.map((shape, i) => ({
    variable: tf.variable(uniform(shape, 3 * i + 1)),
    moments: tf.variable(uniform([2, ...shape], 3 * i + 2).abs()),
    gradient: uniform(shape, 3 * i + 3),
  }));
  adamUpdate(parameters, ADAM);
  return parameters.flatMap(({ variable, moments }) =>
    [variable, moments].map((tensor) => {
      const after = tensor.clone();
      tensor.dispose();
      return after;
    }),
  );
}

/** Cases of the kernels that tfjs does not have. */
export const FUSED_CASES: readonly KernelCase[] = [
  ...casesOf('AdamUpdate', adamShapes, adamStep),
  ...casesOfFused('DenseLayer', denseShapes, ([rows, inputs, units]) => ({
    operands: [uniform([rows, inputs], 1), uniform([inputs, units], 2), uniform([units], 3)],
    fused: (x, kernel, bias) =>
      dense(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D, { activation: 'relu' }),
    composed: (x, kernel, bias) => tf.matMul(x, kernel).add(bias).relu(),
  })),
  ...casesOfFused('Convolution1D', convolutionShapes, ({ x, filters, stride }) => ({
    operands: [uniform(x, 1), uniform([3, x[2]!, filters], 2), uniform([filters], 3)],
    fused: (x, kernel, bias) =>
      convolution1d(x as tf.Tensor3D, kernel as tf.Tensor3D, bias as tf.Tensor1D, {
        ...{ stride, padding: 'same', activation: 'relu' },
      }),
    composed: (x, kernel, bias) =>
      tf
        .conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, stride, 'same')
        .add(bias)
        .relu(),
  })),
  ...casesOfFused('CrossEntropy', crossEntropyShapes, crossEntropyOf),
  ...casesOfFused('Gelu', geluShapes, (shape) => ({
    operands: [uniform(shape).mul(5)],
    fused: (x) => gelu(x),
    composed: (x) => x.mul(x.div(Math.SQRT2).erf().add(1)).div(2),
  })),
  ...casesOfFused('Join', joinShapes, joinOf),
  ...casesOfFused('LayerNorm', layerNormShapes, layerNormOf),
  ...recurrentCases('LSTM'),
  ...recurrentCases('GRU'),
  ...casesOf('SpreadGradient', spreads, ({ x, axes }) =>
    tf.grad((x) => tf.mean(x, axes))(uniform(x), uniform(x.toSpliced(axes[0]!, 1), 2)),
  ),
];
