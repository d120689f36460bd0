import { resolve } from 'node:path';
import { InputError } from '@botlab/errors';
import type { RequestOptions } from './request-options';
import { trainingRequest } from './training-request';

const options: RequestOptions = {
  data: 'nbaiot',
  profile: 'paper',
  split: 'row',
  leakage: 'drop',
  scaler: 'quantile',
  seed: 3,
};

it('has the rows, epochs, batches and learning rate of the paper, for the profile of that name', () => {
  const { data, training } = trainingRequest(options);
  expect(data).toMatchObject({
    source: { kind: 'csv', folder: resolve('nbaiot') },
    sample: { fraction: 0.05 },
    split: 'row',
    testFraction: 0.2,
    seed: 3,
  });
  expect(training).toMatchObject({
    epochs: 30,
    batchSize: 512,
    learningRate: 0.001,
    schedule: { kind: 'constant' },
    validation: 0,
  });
  expect(training.earlyStopping).toBeUndefined();
});

it('takes what is given over what the profile has', () => {
  const { data, training } = trainingRequest({ ...options, rows: 100, epochs: 2, batchSize: 7 });
  expect(data.sample).toEqual({ rows: 100 });
  expect(training).toMatchObject({ epochs: 2, batchSize: 7 });
});

it('clips gradients as the profile does, by another norm, or not at all', () => {
  const normOf = (given: Partial<RequestOptions>) =>
    trainingRequest({ ...options, ...given }).training.clipNorm;
  expect([normOf({ profile: 'quick' }), normOf({ profile: 'paper' })]).toEqual([1, undefined]);
  expect(normOf({ profile: 'quick', clipNorm: '0.5' })).toBe(0.5);
  expect(normOf({ profile: 'quick', clipNorm: 'none' })).toBeUndefined();
});

it.each<[Partial<RequestOptions>, string]>([
  [{ clipNorm: 'some' }, '--clip-norm some: expected a number above 0, or none'],
  [{ clipNorm: '0' }, '--clip-norm 0: expected a number above 0'],
  [{ learningRate: '' }, '--learning-rate "": expected a number above 0'],
  [{ learningRate: '-1' }, '--learning-rate -1: expected a number above 0'],
  [{ validation: '0.7' }, '--validation 0.7: expected a number from 0 to 0.5'],
  [{ validation: ' ' }, '--validation  : expected a number from 0 to 0.5'],
  [{ validation: '0.1', patience: '1.5' }, '--patience 1.5: expected a whole number of 1 or more'],
  [{ patience: '3' }, '--patience 3: needs rows to watch that are not the test rows'],
])('refuses %j as it is typed, and says what is expected', (given, why) => {
  const request = () => trainingRequest({ ...options, ...given });
  expect(request).toThrow(InputError);
  expect(request).toThrow(`Cannot train with ${why}`);
});

it('takes the simulated set without a folder, the same whatever the seed', () => {
  const { data } = trainingRequest({ ...options, data: undefined });
  expect(data).toMatchObject({ source: { kind: 'simulated', seed: 1, scale: 1 }, seed: 3 });
});
