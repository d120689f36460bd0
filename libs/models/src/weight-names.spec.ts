import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { weightNames } from './weight-names';

beforeAll(() => useEngine('reference'));

function mixed(): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 2, inputShape: [3] }));
  model.add(tf.layers.dense({ units: 2, name: 'block/mine', useBias: false }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.dense({ units: 1 }));
  return model;
}

it('numbers unnamed layers within the model, and keeps names that were given', () => {
  const expected = [
    ...['Dense_1/kernel', 'Dense_1/bias', 'block/mine/kernel'],
    ...['BatchNormalization_1/gamma', 'BatchNormalization_1/beta'],
    ...['Dense_2/kernel', 'Dense_2/bias'],
    ...['BatchNormalization_1/moving_mean', 'BatchNormalization_1/moving_variance'],
  ];
  expect(weightNames(mixed())).toEqual(expected);
  expect(weightNames(mixed())).toEqual(expected); // though tf.layers has numbered on
});

it('is in the order of the weights', () => {
  const model = mixed();
  const sizes = Object.fromEntries(
    weightNames(model).map((name, i) => [name, model.getWeights()[i]!.shape]),
  );
  expect(sizes).toMatchObject({
    'Dense_1/kernel': [3, 2],
    'Dense_2/kernel': [2, 1],
    'block/mine/kernel': [2, 2],
  });
});
