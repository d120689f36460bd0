import { learningRateText } from './learning-rate-text';
import { Hyperparameters } from './run-config';

it.each<[object, string]>([
  [{}, 'a learning rate of 0.001'],
  [{ clipNorm: 1 }, 'a learning rate of 0.001, gradients clipped to a norm of 1'],
  [
    { schedule: { kind: 'step', every: 10, factor: 0.5 } },
    'a learning rate of 0.001, times 0.5 every 10 epochs',
  ],
  [{ schedule: { kind: 'cosine' } }, 'a learning rate that falls from 0.001 as a cosine'],
  [
    { learningRate: 0.02, schedule: { kind: 'cosine', warmup: 0.1 }, clipNorm: 2 },
    'a learning rate that rises to 0.02 in 3 epochs and then falls as a cosine, gradients clipped to a norm of 2',
  ],
])('of %j says %s', (training, text) => {
  expect(learningRateText(Hyperparameters.parse({ epochs: 30, batchSize: 64, ...training }))).toBe(
    text,
  );
});
