import { resolve } from 'node:path';
import type { TrainingOptions } from './training-options';
import { trainingRequest } from './training-request';

const options: TrainingOptions = {
  data: 'nbaiot',
  out: 'runs',
  profile: 'paper',
  engine: 'auto',
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

it('takes the simulated set without a folder, the same whatever the seed', () => {
  const { data } = trainingRequest({ ...options, data: undefined });
  expect(data).toMatchObject({ source: { kind: 'simulated', seed: 1, scale: 1 }, seed: 3 });
});
