import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { buildModel, countParameters } from '../build-model';
import type { FeatureTokens } from '../feature-tokens';
import { getModel } from '../registry';

beforeAll(() => useEngine('reference'));

const build = (options = {}, features = 115): tf.LayersModel =>
  buildModel(getModel('bert'), { features, classes: 11, seed: 1, options });

const columnsOf = (model: tf.LayersModel) => (model.getLayer('tokens') as FeatureTokens).columns;

describe('tokens', () => {
  it('are the 23 statistics, each over its five windows', () => {
    const columns = columnsOf(build());
    expect(columns).toHaveLength(23);
    expect(columns.flat().sort((a, b) => a - b)).toEqual([...Array(115).keys()]);
    expect(columns[0]).toEqual([0, 3, 6, 9, 12]); // MI_dir weight
    expect(columns[6]).toEqual([30, 37, 44, 51, 58]); // HH weight
    expect(columns[22]).toEqual([86, 93, 100, 107, 114]); // HpHp pcc
  });
  it.each([
    [
      10,
      [
        [0, 1, 2, 3, 4],
        [5, 6, 7, 8, 9],
      ],
    ],
    [
      7,
      [
        [0, 1, 2, 3, 4],
        [5, 6, 6, 6, 6],
      ],
    ],
    [1, [[0, 0, 0, 0, 0]]],
  ])('of %i columns are fives in their order', (features, columns) => {
    expect(columnsOf(build({}, features))).toEqual(columns);
  });
});

it('has the shapes of an encoder', () => {
  const model = build();
  const shape = (name: string): tf.Shape => model.getLayer(name).outputShape.slice(1) as tf.Shape;
  expect(shape('tokens')).toEqual([23, 5]);
  expect(shape('embedding')).toEqual([23, 32]);
  expect(shape('encoder_1/expand')).toEqual([23, 64]);
  expect(shape('encoder_2/feed_forward_add')).toEqual([23, 32]);
  expect(shape('mean')).toEqual([32]);
});

it('has the parameters that its equations say', () => {
  const [width, inside] = [32, 64];
  const norm = 2 * width;
  const attention = 4 * width ** 2 + width;
  const feedForward = width * inside + inside + inside * width + width;
  const block = norm + attention + norm + feedForward;
  const embedding = 5 * width + 23 * width;
  expect(countParameters(build())).toBe(embedding + 2 * block + norm + width * 11 + 11);
});

it('builds other sizes', () => {
  const model = build({ heads: 2, headSize: 3, blocks: 1, expansion: 5 });
  expect(model.getLayer('embedding').outputShape).toEqual([null, 23, 6]);
  expect(model.getLayer('encoder_1/attention').getConfig()).toMatchObject({ heads: 2 });
  expect(model.getLayer('encoder_1/expand').outputShape).toEqual([null, 23, 30]);
  expect(model.layers.some(({ name }) => name.startsWith('encoder_2'))).toBe(false);
});
