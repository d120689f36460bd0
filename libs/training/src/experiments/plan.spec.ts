import { tinyConfig, tinySpec } from '../tiny-data.fixture.spec';
import { choicesOf, difference, identityOf } from './plan';

const config = tinyConfig({ data: { ...tinySpec, split: 'device', heldOut: ['b', 'a'] } });
const identity = identityOf(config);

it('is one identity for one choice, wherever the rows lie and in whatever order names are given', () => {
  const { data } = config;
  const source = { kind: 'csv', folder: '/moved' } as const;
  expect(identityOf({ ...config, data: { ...data, source } })).toBe(identity);
  expect(identityOf({ ...config, data: { ...data, heldOut: ['a', 'b'] } })).toBe(identity);
  expect(identityOf({ ...config, data: JSON.parse(JSON.stringify(data)) as typeof data })).toBe(
    identity,
  );
});

it.each([
  ['rows sampled', { data: { ...config.data, sample: { rows: 9 } } }],
  ['the split', { data: { ...config.data, split: 'time' as const, heldOut: undefined } }],
  ['names held out', { data: { ...config.data, heldOut: ['a'] } }],
  ['the scaler', { data: { ...config.data, scaler: 'min-max' as const } }],
  ['leakage', { data: { ...config.data, leakage: 'keep' as const } }],
  ['the seed of the rows', { data: { ...config.data, seed: 2 } }],
  ['the rows themselves', { checksum: 'other' }],
  ['epochs', { training: { ...config.training, epochs: 4 } }],
  ['the batch size', { training: { ...config.training, batchSize: 17 } }],
  ['the learning rate', { training: { ...config.training, learningRate: 0.02 } }],
  ['rows set aside', { training: { ...config.training, validation: 0.1 } }],
])('is another for another choice of %s', (_, change) => {
  expect(identityOf({ ...config, ...change })).not.toBe(identity);
});

it('says in what two plans differ, and names a checksum only where nothing else explains it', () => {
  const training = { ...config.training, epochs: 4, batchSize: 8 };
  const of = (change: object) => difference(choicesOf(config), choicesOf({ ...config, ...change }));
  expect(of({})).toBeUndefined();
  expect(of({ training, checksum: 'other' })).toBe('epochs 3, not 4 and batchSize 16, not 8');
  expect(of({ checksum: 'other' })).toBe('other rows (their checksum differs)');
  expect(of({ data: { ...config.data, heldOut: undefined } })).toBe(
    'heldOut ["a","b"], not left out',
  );
});
