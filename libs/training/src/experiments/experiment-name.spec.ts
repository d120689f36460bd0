import { getProfile } from '../profile';
import { DataSpec, Hyperparameters } from '../run-config';
import { experimentName } from './experiment-name';

const profile = getProfile('quick');
const source = { kind: 'csv', folder: '/data' } as const;
const nameOf = (data: object = {}, training: object = {}) =>
  experimentName({
    profile,
    data: DataSpec.parse({ source, sample: profile.sample, seed: 1, ...data }),
    training: Hyperparameters.parse({ ...profile.training, ...training }),
  });

it('is the profile alone for its defaults', () => {
  expect(nameOf()).toBe('table1-quick');
  expect(nameOf({ source: { kind: 'simulated', seed: 1 } })).toBe('table1-quick');
});

it.each<[object, object, string]>([
  [{ split: 'grouped', leakage: 'keep' }, {}, 'table1-quick-grouped-leaky'],
  [{ scaler: 'min-max' }, {}, 'table1-quick-min-max'],
  [{ sample: { rows: 500 } }, { epochs: 3 }, 'table1-quick-rows500-epochs3'],
  [{ sample: { fraction: 0.01 }, seed: 7 }, {}, 'table1-quick-fraction0.01-seed7'],
  [{}, { batchSize: 32 }, 'table1-quick-batch32'],
  [{ split: 'device', heldOut: ['b_2', 'a'] }, {}, 'table1-quick-device-a+b_2'],
])('names what is not: %j %j', (data, training, name) => {
  expect(nameOf(data, training)).toBe(name);
});

it('has a short hash for what has no word: names of any letters, a learning rate', () => {
  const hashed = [
    nameOf({ split: 'device', heldOut: ['../..'] }),
    nameOf({ split: 'device', heldOut: ['a'.repeat(200)] }),
    nameOf({}, { learningRate: 0.0123 }),
    nameOf({}, { validation: 0.1 }),
    nameOf({ testFraction: 0.5 }),
  ];
  for (const name of hashed) expect(name).toMatch(/^table1-quick(-device)?-[0-9a-f]{8}$/);
  expect(new Set(hashed).size).toBe(hashed.length);
});
