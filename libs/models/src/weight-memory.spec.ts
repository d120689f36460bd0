import * as tf from '@tensorflow/tfjs';
import { buildModel, getModel } from './index';
import { requireStepMemory, usableMemory, withinMemory } from './weight-memory';

const layer = (units: number) =>
  tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [10] })] });

it('builds what fits, and counts anew for each network', () => {
  for (let i = 0; i < 3; i++) withinMemory('small', () => layer(4)).dispose();
});

it.each([
  ['dense', { units: [1e9] }],
  ['dense', { units: [Number.MAX_SAFE_INTEGER] }],
  ['gru', { units: 1e10 }],
  ['cnn1d', { kernelSize: 1e9 }],
  ['cnn1d', { filters: [1e4, 1e6] }],
  ['res-1dcnn-lstm', { width: 1e10 }],
])('refuses %s with %j, and keeps nothing of it', (name, options) => {
  const before = tf.memory().numBytes;
  const build = () => buildModel(getModel(name), { features: 115, classes: 2, seed: 1, options });
  expect(build).toThrow(/^Cannot build .* with these options: .*make it smaller\.$/);
  expect(tf.memory().numBytes).toBe(before);
});

it('refuses a network of too many layers', () => {
  const options = { units: new Array<number>(20_000).fill(1) };
  const build = () => buildModel(getModel('dense'), { features: 9, classes: 2, seed: 1, options });
  expect(build).toThrow(/^Cannot build dense .* more layers than one can walk through/);
});

it('leaves layers as they were, after an error too', () => {
  const before = Object.getOwnPropertyDescriptor(tf.layers.Layer.prototype, 'addWeight');
  expect(() => withinMemory('large', () => layer(2 ** 31))).toThrow(/^Cannot build large/);
  expect(Object.getOwnPropertyDescriptor(tf.layers.Layer.prototype, 'addWeight')).toEqual(before);
});

it('refuses a batch whose layers alone would not fit, and no other', () => {
  const model = layer(1000);
  const rows = Math.ceil(usableMemory() / (8 * 1000));
  expect(() => requireStepMemory(model, 512)).not.toThrow();
  expect(() => requireStepMemory(model, rows)).toThrow(
    /^Cannot train sequential_\d+ with batches of \d+ rows: a step would take .* make the batches or the model smaller\.$/,
  );
  model.dispose();
});
