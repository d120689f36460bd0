import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { GELU } from './gelu';
import { valuesOf } from './contract/tensor-values';

beforeAll(() => useEngine('reference'));

it('is the activation "gelu" of tf.layers', () => {
  const x = tf.linspace(-4, 4, 33).reshape([1, 33]);
  const theirs = tf.layers.activation({ activation: 'gelu' }).apply(x) as tf.Tensor;
  const expected = valuesOf(theirs);
  valuesOf(new GELU().apply(x) as tf.Tensor).forEach((value, i) =>
    expect(value).toBeCloseTo(expected[i]!, 6),
  );
});

it('is saved and restored', () => {
  const layer = new GELU({ name: 'a' });
  expect(GELU.fromConfig(GELU, layer.getConfig()).getConfig()).toEqual(layer.getConfig());
});
