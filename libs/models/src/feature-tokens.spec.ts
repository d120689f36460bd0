import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { FeatureTokens } from './feature-tokens';

beforeAll(() => useEngine('reference'));

it('puts the columns of each token side by side', () => {
  const x = tf.tensor3d([0, 1, 2, 3, 10, 11, 12, 13], [2, 4, 1]);
  const layer = new FeatureTokens({
    columns: [
      [0, 2],
      [1, 3],
      [3, 3],
    ],
  });
  const tokens = layer.apply(x) as tf.Tensor;
  expect(tokens.arraySync()).toEqual([
    [
      [0, 2],
      [1, 3],
      [3, 3],
    ],
    [
      [10, 12],
      [11, 13],
      [13, 13],
    ],
  ]);
  expect(layer.computeOutputShape([null, 4, 1])).toEqual([null, 3, 2]);
  expect(layer.weights).toEqual([]);
});

it('is saved and restored', () => {
  const layer = new FeatureTokens({
    columns: [
      [0, 2],
      [1, 3],
    ],
    name: 'a',
  });
  const again = FeatureTokens.fromConfig(FeatureTokens, layer.getConfig()) as FeatureTokens;
  expect(again.getConfig()).toEqual(layer.getConfig());
  expect(again.columns).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

it.each([[[]], [[[]]], [[[0], [1, 2]]]])('refuses the columns %j', (columns) => {
  expect(() => new FeatureTokens({ columns })).toThrow(
    'Cannot make tokens of features: expected one or more tokens of as many columns each, got ' +
      `${JSON.stringify(columns)}.`,
  );
});

it.each([4, -1, 1.5])('refuses the column %d of 4', (column) => {
  const layer = new FeatureTokens({ columns: [[0, column]], name: 'a' });
  expect(() => layer.build([null, 4, 1])).toThrow(
    `Cannot build a: there is no column ${column} in an input [null,4,1].`,
  );
});
