import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { PositionEmbedding } from './position-embedding';
import { valuesOf } from './contract/tensor-values';

beforeAll(() => useEngine('reference'));

it('adds the same vector to the same place of every row', () => {
  const layer = new PositionEmbedding();
  layer.build([null, 2, 3]);
  layer.setWeights([tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])]);
  expect((layer.apply(tf.zeros([2, 2, 3])) as tf.Tensor).arraySync()).toEqual([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);
});

it("starts as small as BERT's", () => {
  const layer = new PositionEmbedding();
  layer.build([null, 50, 40]);
  const values = valuesOf(layer.getWeights()[0]!);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
  expect(deviation).toBeGreaterThan(0.015);
  expect(deviation).toBeLessThan(0.02); // cut off at two standard deviations of 0.02
});

it('is saved and restored', () => {
  const layer = new PositionEmbedding({ name: 'a', trainable: false });
  const again = PositionEmbedding.fromConfig(PositionEmbedding, layer.getConfig());
  expect(again.getConfig()).toEqual(layer.getConfig());
});

it('refuses an input of unknown size', () => {
  expect(() => new PositionEmbedding({ name: 'a' }).build([null, null, 3])).toThrow(
    'Cannot build a: expected an input [batch, tokens, width] of known sizes, got [null,null,3].',
  );
});
