import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { LayerNorm } from './layer-norm';
import { valuesOf } from './contract/tensor-values';

beforeAll(() => useEngine('reference'));

const uniform = (shape: number[], seed: number): tf.Tensor =>
  tf.randomUniform(shape, -2, 2, 'float32', seed);

it('is that of tf.layers, with its weights in their order', () => {
  const [ours, theirs] = [new LayerNorm(), tf.layers.layerNormalization({ epsilon: 1e-5 })];
  const x = uniform([3, 4, 5], 1);
  for (const layer of [ours, theirs]) {
    layer.apply(x);
    layer.setWeights([uniform([5], 2), uniform([5], 3)]);
  }
  const expected = valuesOf(theirs.apply(x) as tf.Tensor);
  valuesOf(ours.apply(x) as tf.Tensor).forEach((value, i) =>
    expect(value).toBeCloseTo(expected[i]!, 5),
  );
});

it('gives each token mean 0 and variance 1 to begin with', () => {
  const y = new LayerNorm().apply(uniform([2, 3, 64], 1)) as tf.Tensor;
  const { mean, variance } = tf.moments(y, -1);
  valuesOf(mean).forEach((value) => expect(value).toBeCloseTo(0, 5));
  valuesOf(variance).forEach((value) => expect(value).toBeCloseTo(1, 4));
});

it('is saved and restored', () => {
  const layer = new LayerNorm({ epsilon: 0.5, name: 'a', trainable: false });
  const again = LayerNorm.fromConfig(LayerNorm, layer.getConfig()) as LayerNorm;
  expect(again.getConfig()).toEqual(layer.getConfig());
  expect(again.epsilon).toBe(0.5);
});

it('refuses an input whose last size is not known', () => {
  expect(() => new LayerNorm({ name: 'a' }).build([null, 3, null])).toThrow(
    'Cannot build a: expected an input with a known last size, got [null,3,null].',
  );
});
