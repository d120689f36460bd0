import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { block1, block2, type BlockOptions } from './block';
import { withSeed } from './seeded-random';
import { valuesOf } from './contract/tensor-values';

beforeAll(() => useEngine('reference'));

type Block = typeof block1;
const width = 2;

/** What the named layers of one block give over x `[batch, length, channels]`, and the block itself as `f`. */
function run(block: Block, x: tf.Tensor, layers: string[], options: Partial<BlockOptions> = {}) {
  const [, length, channels] = x.shape;
  return withSeed(1, () => {
    const input = tf.input({ shape: [length!, channels!], name: 'x' });
    const f = block(input, { name: 'b', width, ...options });
    const all = tf.model({ inputs: input, outputs: f });
    // Batch normalisation starts as the identity: other weights show where it stands.
    all.setWeights(
      all
        .getWeights()
        .map((weight) =>
          weight.add(tf.randomUniform(weight.shape, 0.1, 0.5, 'float32', weight.size)),
        ),
    );
    const outputs = layers.map((name) => all.getLayer(`b/${name}`).output as tf.SymbolicTensor);
    const model = tf.model({ inputs: input, outputs: [f, ...outputs] });
    const [value, ...values] = model.predict(x) as tf.Tensor[];
    const byName = Object.fromEntries(layers.map((name, i) => [name, values[i]!]));
    return { f: value!, layer: (name: string): tf.Tensor => byName[name]! };
  });
}

function expectSame(actual: tf.Tensor, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const values = valuesOf(expected);
  valuesOf(actual).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 5));
}

/** A batch norm's output by its definition, from the weights that `run` gives it. */
function normalised(x: tf.Tensor): tf.Tensor {
  const shift = (size: number): tf.Tensor => tf.randomUniform([size], 0.1, 0.5, 'float32', size);
  const by = shift(x.shape[2]!);
  const [gamma, beta, mean, variance] = [by.add(1), by, by, by.add(1)];
  return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(gamma).add(beta);
}

const tiny = (): tf.Tensor => tf.tensor3d([1, -2, 0.5, 3], [1, 4, 1]);
const same = (): tf.Tensor => tf.randomNormal([2, 5, 2 * width], 0, 1, 'float32', 3);

it('block1 is x + ReLU(concat(BN(conv(x)), BN(LSTM(x)))) where the channels stay', () => {
  const { f, layer } = run(block1, same(), ['conv', 'lstm', 'conv_bn', 'lstm_bn', 'concat']);
  expectSame(layer('conv_bn'), normalised(layer('conv')));
  expectSame(layer('lstm_bn'), normalised(layer('lstm')));
  expectSame(layer('concat'), tf.concat([layer('conv_bn'), layer('lstm_bn')], 2));
  expectSame(f, same().add(layer('concat').relu()));
  expect(valuesOf(layer('concat')).some((value) => value < 0)).toBe(true); // ReLU has something to do
});

it('block1 projects the shortcut where the channels change', () => {
  const { f, layer } = run(block1, tiny(), ['concat', 'shortcut_conv', 'shortcut_bn']);
  expectSame(layer('shortcut_bn'), normalised(layer('shortcut_conv')));
  expectSame(f, layer('shortcut_bn').add(layer('concat').relu()));
  // A convolution of size 1 over one channel is a line: equal steps of x, equal steps of it.
  const [a, b, c] = [0, 1, 2].map(
    (i) => valuesOf(layer('shortcut_conv').slice([0, i, 0], [1, 1, 1]))[0]!,
  );
  expect((b! - a!) / -3).toBeCloseTo((c! - b!) / 2.5, 5);
});

it('block2 pools both branches and the shortcut, before it normalises', () => {
  const x = tf.randomNormal([2, 5, 3], 0, 1, 'float32', 3);
  const { f, layer } = run(block2, x, [
    ...['conv', 'conv_pool', 'conv_bn', 'lstm', 'lstm_pool', 'lstm_bn', 'concat'],
    ...['shortcut_pool', 'shortcut_conv', 'shortcut_bn'],
  ]);
  const pooled = (y: tf.Tensor): tf.Tensor =>
    tf.maxPool(y.expandDims<tf.Tensor4D>(2), [2, 1], [2, 1], 'same').squeeze([2]);
  for (const branch of ['conv', 'lstm']) {
    expectSame(layer(`${branch}_pool`), pooled(layer(branch)));
    expectSame(layer(`${branch}_bn`), normalised(layer(`${branch}_pool`)));
  }
  expectSame(layer('shortcut_pool'), pooled(x));
  expectSame(layer('shortcut_bn'), normalised(layer('shortcut_conv')));
  expectSame(f, layer('shortcut_bn').add(layer('concat').relu()));
  expect(f.shape).toEqual([2, 3, 2 * width]);
});

it('without the shortcut a block is g(x) alone', () => {
  const { f, layer } = run(block1, same(), ['concat'], { shortcut: false });
  expectSame(f, layer('concat').relu());
});

it('one branch has the channels of both', () => {
  for (const branches of ['conv', 'lstm'] as const) {
    const { f, layer } = run(block1, same(), [branches, `${branches}_bn`], { branches });
    expect(layer(branches).shape[2]).toBe(2 * width);
    expectSame(f, same().add(layer(`${branches}_bn`).relu()));
  }
});

it('without batch normalisation the branches are joined as they are', () => {
  const { f, layer } = run(block1, same(), ['conv', 'lstm'], { batchNorm: false });
  expectSame(f, same().add(tf.concat([layer('conv'), layer('lstm')], 2).relu()));
});

it('the forget gate starts at 1, or where it is told to', () => {
  const biasOf = (options: Partial<BlockOptions>) => {
    const input = tf.input({ shape: [5, 1] });
    const block = tf.model({
      inputs: input,
      outputs: block1(input, { name: 'b', width, ...options }),
    });
    return valuesOf(block.getLayer('b/lstm').getWeights()[2]!).slice(width, 2 * width);
  };
  expect(biasOf({})).toEqual([1, 1]);
  expect(biasOf({ forgetBias: 3 })).toEqual([3, 3]);
});
