import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { hasFiniteWeights, requireAnswers } from './divergence';

beforeAll(() => useEngine('reference'));

it('finds a weight that is no number, even behind an activation that hides it', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  expect(await hasFiniteWeights(model)).toBe(true);
  model.layers[0]!.setWeights([tf.ones([3, 2]), tf.tensor1d([0, NaN])]);
  expect(await hasFiniteWeights(model)).toBe(false);
  model.layers[0]!.setWeights([tf.fill([3, 2], Infinity), tf.zeros([2])]);
  expect(await hasFiniteWeights(model)).toBe(false);
  model.dispose();
});

it('names the first row without an answer', () => {
  const table = {
    file: Uint16Array.of(0, 1, 1),
    files: ['a.csv', 'b.csv'].map((name) => ({ name, device: 'd', label: 0, rows: 9 })),
    row: Uint32Array.of(5, 6, 8),
  };
  const labels = Uint8Array.of(0, 0);
  const answered = { labels, logits: Float32Array.of(1, 2, 3, 4) };
  const rows = Uint32Array.of(0, 2);
  expect(() => requireAnswers(answered, table, rows)).not.toThrow();
  const silent = { labels, logits: Float32Array.of(1, 2, 3, NaN) };
  expect(() => requireAnswers(silent, table, rows)).toThrow(/^Cannot score b\.csv, row 9: /);
});
