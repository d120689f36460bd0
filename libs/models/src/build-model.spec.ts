import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { buildModel, countParameters, parseOptions } from './build-model';
import { defineModel } from './define-model';
import { getModel } from './registry';

beforeAll(() => useEngine('reference'));

const settings = { features: 10, classes: 3, seed: 1 };

describe('parseOptions', () => {
  it('fills in the defaults', () => {
    expect(parseOptions(getModel('cnn-lstm'))).toEqual({ filters: 32, units: 32, kernelSize: 3 });
    expect(parseOptions(getModel('cnn-lstm'), { units: 7 })).toMatchObject({
      units: 7,
      filters: 32,
    });
  });
  it.each<[object, string]>([
    [
      { units: 'many' },
      'Cannot set the option "units" of gru to "many": expected a whole number of 1 or more.',
    ],
    [
      { units: 0 },
      'Cannot set the option "units" of gru to 0: expected a whole number of 1 or more.',
    ],
    [{ unit: 8 }, 'Unknown option of gru "unit": expected one of units; did you mean "units"?'],
  ])('refuses %j', (options, message) => {
    const parse = () => parseOptions(getModel('gru'), options as Record<string, unknown>);
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(message);
  });
  it('names the place inside a list', () => {
    const options = { units: [8, -1] };
    expect(() => parseOptions(getModel('dense'), options)).toThrow(
      'Cannot set the option "units.1" of dense to -1: expected a whole number of 1 or more.',
    );
  });
});

describe('buildModel', () => {
  it('hands the options to the definition', () => {
    const model = buildModel(getModel('dense'), { ...settings, options: { units: [5, 4] } });
    const units = model.layers.map(({ outputShape }) => outputShape.at(-1));
    expect(units).toEqual([1, 10, 5, 4, 3]);
    expect(model.name).toBe('dense');
  });
  it('refuses a network that does not end in logits', () => {
    const sequence = defineModel({
      name: 'sequence',
      title: 'Sequence',
      summary: 'No classes at the end.',
      options: z.strictObject({}),
      build: ({ input }) => tf.layers.reLU().apply(input) as tf.SymbolicTensor,
    });
    expect(() => buildModel(sequence, settings)).toThrow(
      new RangeError('Cannot build sequence: expected logits [batch, 3], got [batch, 10, 1].'),
    );
  });
});

it('countParameters counts what training changes', () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 4, inputShape: [3] }));
  model.add(tf.layers.batchNormalization()); // 4 + 4 trained, 4 + 4 followed
  expect(countParameters(model)).toBe(3 * 4 + 4 + 8);
  model.layers[0]!.trainable = false;
  expect(countParameters(model)).toBe(8);
});
