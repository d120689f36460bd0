import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { encoderBlock } from './encoder-block';
import { withSeed } from './seeded-random';
import { valuesOf } from './contract/tensor-values';

beforeAll(() => useEngine('reference'));

/** What the named layers of a block of width 4 give over some x, and the block itself as `f`. */
function run(layers: string[], expansion?: number) {
  return withSeed(1, () => {
    const input = tf.input({ shape: [3, 4], name: 'x' });
    const f = encoderBlock(input, { name: 'b', heads: 2, ...(expansion ? { expansion } : {}) });
    const all = tf.model({ inputs: input, outputs: f });
    all.setWeights(all.getWeights().map((w) => w.add(tf.randomUniform(w.shape, -0.5, 0.5))));
    const outputs = layers.map((name) => all.getLayer(`b/${name}`).output as tf.SymbolicTensor);
    const x = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 3);
    const values = tf.model({ inputs: input, outputs: [f, ...outputs] }).predict(x) as tf.Tensor[];
    const byName = Object.fromEntries(layers.map((name, i) => [name, values[i + 1]!]));
    return { all, x, f: values[0]!, layer: (name: string): tf.Tensor => byName[name]! };
  });
}

function expectSame(actual: tf.Tensor, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const values = valuesOf(expected);
  valuesOf(actual).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 5));
}

it('adds attention of what is normalised, then a feed-forward network of what is normalised', () => {
  const { all, x, f, layer } = run([
    ...['attention_norm', 'attention', 'attention_add'],
    ...['feed_forward_norm', 'expand', 'gelu', 'reduce'],
  ]);
  const apply = (name: string, to: tf.Tensor) => all.getLayer(`b/${name}`).apply(to) as tf.Tensor;
  expectSame(layer('attention_norm'), apply('attention_norm', x));
  expectSame(layer('attention'), apply('attention', layer('attention_norm')));
  expectSame(layer('attention_add'), x.add(layer('attention')));
  expectSame(layer('feed_forward_norm'), apply('feed_forward_norm', layer('attention_add')));
  expectSame(layer('expand'), apply('expand', layer('feed_forward_norm')));
  expectSame(layer('gelu'), apply('gelu', layer('expand')));
  expectSame(layer('reduce'), apply('reduce', layer('gelu')));
  expectSame(f, layer('attention_add').add(layer('reduce')));
});

it.each([
  [undefined, 16],
  [2, 8],
])('expansion %s: %i channels inside, as many out as in', (expansion, channels) => {
  const { f, x, layer } = run(['expand'], expansion);
  expect(layer('expand').shape).toEqual([2, 3, channels]);
  expect(f.shape).toEqual(x.shape);
});

it('after the attention a token sees itself alone', () => {
  const { all } = run([]);
  const expand = all.getLayer('b/expand') as tf.layers.Layer & { kernelSize: number[] };
  expect(expand.kernelSize).toEqual([1]);
});
