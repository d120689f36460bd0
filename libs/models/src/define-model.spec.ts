import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { buildModel } from './build-model';
import { defineModel } from './define-model';
import { getModel, listModels } from './registry';

beforeAll(() => useEngine('reference'));

/** A model of one layer. */
function linear(name: string, title = 'Linear') {
  return defineModel({
    name,
    title,
    summary: 'One layer.',
    options: z.strictObject({ scale: z.number().default(2).describe('factor') }),
    build: ({ input, classes }) => {
      const flat = tf.layers.flatten().apply(input);
      return tf.layers.dense({ units: classes }).apply(flat) as tf.SymbolicTensor;
    },
  });
}

it('a model that is defined while running is listed, found and built', () => {
  const definition = linear('late-comer-2');
  expect(listModels()).toContain(definition);
  expect(getModel('late-comer-2')).toBe(definition);
  const model = buildModel(getModel('late-comer-2'), { features: 5, classes: 3, seed: 1 });
  expect(model.outputShape).toEqual([null, 3]);
});

it('defining a name again replaces it', () => {
  linear('twice', 'First');
  const second = linear('twice', 'Second');
  expect(getModel('twice')).toBe(second);
  expect(listModels().filter(({ name }) => name === 'twice')).toEqual([second]);
});

it.each([
  '',
  'Upper',
  'with space',
  'under_score',
  '-dash',
  'dash-',
  'two--dashes',
  '../up',
  'a.b',
])('refuses the name "%s"', (name) => {
  expect(() => linear(name)).toThrow(
    new RangeError(
      `Cannot define the model "${name}": expected a name of lower-case letters, digits and dashes.`,
    ),
  );
  expect(listModels().map((model) => model.name)).not.toContain(name);
});
