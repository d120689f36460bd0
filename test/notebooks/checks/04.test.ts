import { useEngine } from '@botlab/engine';
import { buildModel, getModel } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

describe('04.1, a momentum', () => {
  const momentum = 0.01 ** (1 / 16);

  it('takes the one of which a hundredth is left', () => {
    expect(isRight('04.1', momentum)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [2, 'between 0 and 1'],
    [1 - momentum, 'as PyTorch counts it'],
    [0.99 ** (1 / 16), '99 % of the start are left'],
    [0.9, '19 % of the start are left'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('04.1', answer)).toContain(hint);
  });
});

describe('04.2, a folded convolution', () => {
  let network: tf.LayersModel;
  let right: { kernel: tf.Tensor; bias: tf.Tensor };
  let factor: tf.Tensor;
  let kernel: tf.Tensor;
  beforeAll(async () => {
    await useEngine('reference');
    const shape = { features: 115, classes: 11, seed: 1, options: { width: 4 } };
    network = buildModel(getModel('res-1dcnn-lstm'), shape);
    const normalisation = network.getLayer('block1_1/conv_bn');
    normalisation.setWeights([
      ...[
        [1, 2, 0.5, 1.5],
        [0, 1, -1, 0.5],
        [0.2, -0.1, 0, 0.3],
      ].map((values) => tf.tensor1d(values)),
      tf.tensor1d([1, 4, 0.25, 2]),
    ]);
    const [gamma, beta, mean, variance] = normalisation.getWeights();
    const [own, bias] = network.getLayer('block1_1/conv').getWeights();
    kernel = own!;
    factor = gamma!.div(variance!.add(1e-5).sqrt());
    right = { kernel: kernel.mul(factor), bias: bias!.sub(mean!).mul(factor).add(beta!) };
  });

  it('takes kernel and bias that do both at once', () => {
    expect(isRight('04.2', right, network)).toBe(true);
  });
  it('says what is wrong with others', () => {
    const variance = network.getLayer('block1_1/conv_bn').getWeights()[3]!;
    const gamma = network.getLayer('block1_1/conv_bn').getWeights()[0]!;
    const divided = kernel.mul(gamma).div(variance.add(1e-5));
    for (const [answer, hint] of [
      [undefined, 'no answer yet'],
      [{ kernel: 1, bias: 2 }, 'both tensors'],
      [{ ...right, kernel: right.bias }, 'as those of the convolution'],
      [{ ...right, kernel: divided }, 'not by its root'],
      [{ ...right, kernel }, 'multiplied by at inference'],
      [{ ...right, bias: right.bias.add(1) }, 'The kernel is right'],
    ] as const) {
      expect(hintAt('04.2', answer, network)).toContain(hint);
    }
  });
});

describe('04.3, what the other rows of a batch do', () => {
  it('takes a move in training alone', () => {
    expect(isRight('04.3', { inTraining: 0.4, atInference: 1e-7 })).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [0.4, 'Give { inTraining, atInference }'],
    [{ inTraining: 0, atInference: 0.4 }, 'exchanged'],
    [{ inTraining: 1e-6, atInference: 1e-7 }, 'must differ'],
    [{ inTraining: 0.4, atInference: 0.3 }, 'At inference'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('04.3', answer)).toContain(hint);
  });
});

describe('04.4, batches of whole rows', () => {
  // Rows that differ from each other as much as values within them do.
  const values = Float32Array.from({ length: 200 * 25 }, (_, i) => {
    const [row, place] = [Math.floor(i / 25), i % 25];
    return Math.sin(row * row) + Math.sin(row + 7 * place);
  });
  const branch = {
    shape: [200, 25, 2],
    dataSync: () =>
      Float32Array.from({ length: 2 * values.length }, (_, i) => (i % 2 ? 0 : values[i / 2]!)),
  };
  const mean = (numbers: ArrayLike<number>) =>
    Array.from(numbers).reduce((sum, number) => sum + number, 0) / numbers.length;
  const deviation = (numbers: ArrayLike<number>) => {
    const middle = mean(numbers);
    return Math.sqrt(mean(Array.from(numbers, (number) => (number - middle) ** 2)));
  };
  const means = Array.from({ length: 200 }, (_, row) =>
    mean(values.subarray(25 * row, 25 * (row + 1))),
  );
  const times = (5 * deviation(means)) / deviation(values);

  it('takes how much wider their means scatter', () => {
    expect(times).toBeGreaterThan(2);
    expect(isRight('04.4', [times, 1.1 * times, 0.8 * times, times], branch)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[1, 2], 'Give four numbers'],
    [[1, 1, 1, 1], 'draw whole rows'],
    [[2 * times, times, times, times], 'Batches of one row'],
    [[times, times, times, 5 * times], 'Larger batches are off'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('04.4', answer, branch)).toContain(hint);
  });
});
