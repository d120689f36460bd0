import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { buildModel, countParameters } from '../build-model';
import { getModel } from '../registry';
import { weightNames } from '../weight-names';

beforeAll(() => useEngine('reference'));

const settings = { features: 115, classes: 11, seed: 1 };
const build = (options = {}, features = 115): tf.LayersModel =>
  buildModel(getModel('res-1dcnn-lstm'), { ...settings, features, options });

/** Shapes after each block, without the batch. */
function blockShapes(model: tf.LayersModel, last = 'add'): unknown[] {
  const ends = model.layers.filter(({ name }) => name.endsWith(`/${last}`));
  return ends.map(({ outputShape }) => outputShape.slice(1));
}

const reference = [
  [115, 32],
  [115, 32],
  [58, 64],
  [29, 128],
];

it("has the blocks of the paper's section 3", () => {
  const model = build();
  expect(blockShapes(model)).toEqual(reference);
  expect(model.getLayer('mean').outputShape).toEqual([null, 128]);
  expect(model.outputShape).toEqual([null, 11]);
});

it("has as many parameters as the network in PyTorch, less PyTorch's second LSTM bias", () => {
  const inPyTorch = 76_091; // where each LSTM has two biases of 4 · units, which are only ever added
  const secondBiases = 4 * (16 + 16 + 32 + 64);
  expect(secondBiases).toBe(512);
  expect(countParameters(build())).toBe(inPyTorch - secondBiases);
  expect(countParameters(build())).toBe(75_579);
});

it('has an identity shortcut where the shape stays, and a convolution of size 1 elsewhere', () => {
  const projections = build().layers.filter(({ name }) => name.endsWith('/shortcut_conv'));
  expect(projections.map(({ name }) => name)).toEqual([
    'block1_1/shortcut_conv',
    'block2_3/shortcut_conv',
    'block2_4/shortcut_conv',
  ]);
  for (const { kernel } of projections as unknown as { kernel: tf.LayerVariable }[]) {
    expect(kernel.shape[0]).toBe(1);
  }
});

it.each([
  [115, [115, 115, 58, 29]],
  [60, [60, 60, 30, 15]],
  [5, [5, 5, 3, 2]],
  [1, [1, 1, 1, 1]],
])('from %i features has lengths %j', (features, lengths) => {
  const shapes = blockShapes(build({}, features)) as number[][];
  expect(shapes.map(([length]) => length)).toEqual(lengths);
});

it('builds other widths and rows of blocks', () => {
  expect(blockShapes(build({ width: 4 }))).toEqual([
    [115, 8],
    [115, 8],
    [58, 16],
    [29, 32],
  ]);
  const blocks = ['block2', 'block1', 'block1'];
  expect(blockShapes(build({ blocks }))).toEqual([
    [58, 32],
    [58, 32],
    [58, 32],
  ]);
});

describe('ablations', () => {
  const classNames = (model: tf.LayersModel): string[] =>
    model.layers.map((layer) => layer.getClassName());

  it.each<[string, object, string]>([
    ['the reference', {}, 'add'],
    ['branches conv', { branches: 'conv' }, 'add'],
    ['branches lstm', { branches: 'lstm' }, 'add'],
    ['no batch normalisation', { batchNorm: false }, 'add'],
    ['no shortcut', { shortcut: false }, 'relu'],
    ['longer filters', { kernelSize: 7 }, 'add'],
    ['nothing', { branches: 'conv', batchNorm: false, shortcut: false }, 'relu'],
  ])('%s: blocks of the same shapes, and takes a step', (_, options, last) => {
    expect(blockShapes(build(options), last)).toEqual(reference);
    const model = build({ ...options, width: 2 }, 16);
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    const x = tf.randomNormal([6, 16, 1], 0, 1, 'float32', 1);
    const y = tf.oneHot(tf.range(0, 6, 1, 'int32'), 11);
    const loss = () =>
      tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(
        y,
        model.apply(x, { training: true }) as tf.Tensor,
      );
    tf.train.sgd(0.1).minimize(loss);
    const after = model.getWeights().map((weight) => [...weight.dataSync()]);
    weightNames(model).forEach((name, i) => {
      expect([name, after[i]!.every(Number.isFinite)]).toEqual([name, true]);
      if (name.endsWith('kernel')) expect(after[i]).not.toEqual(before[i]);
    });
  });

  it('no shortcut: no Add', () => {
    expect(classNames(build())).toContain('Add');
    const without = build({ shortcut: false });
    expect(classNames(without)).not.toContain('Add');
    expect(without.layers.some(({ name }) => name.includes('shortcut'))).toBe(false);
  });
  it('no batch normalisation: none, on the shortcut neither', () => {
    expect(classNames(build())).toContain('BatchNormalization');
    expect(classNames(build({ batchNorm: false }))).not.toContain('BatchNormalization');
  });
  it('one branch: the other is not there, nor a concatenation', () => {
    const conv = build({ branches: 'conv' });
    expect(classNames(conv)).not.toContain('FusedLSTM');
    expect(classNames(conv)).not.toContain('Concatenate');
    const lstm = build({ branches: 'lstm' });
    expect(classNames(lstm)).toContain('FusedLSTM');
    const convolutions = lstm.layers.filter((layer) => layer.getClassName() === 'Conv1D');
    expect(convolutions.every(({ name }) => name.endsWith('/shortcut_conv'))).toBe(true);
  });
});
