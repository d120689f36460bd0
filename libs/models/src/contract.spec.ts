import { InputError } from '@botlab/errors';
import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { buildModel, parseOptions } from './build-model';
import { listModels } from './registry';
import { valuesOf } from './tensors.fixture.spec';
import { weightNames } from './weight-names';

beforeAll(() => useEngine('reference'));

const settings = { features: 24, classes: 3, seed: 1 };

/** What every model keeps to: a new file in zoo/ is covered by being there. */
describe.each(listModels())('$name', (definition) => {
  it.each([
    { features: 115, classes: 2 },
    { features: 115, classes: 11 },
    { features: 60, classes: 11 },
  ])('takes $features features to logits of $classes classes', ({ features, classes }) => {
    const model = buildModel(definition, { features, classes, seed: 1 });
    const logits = tf.tidy(() => model.predict(tf.ones([2, features, 1])) as tf.Tensor);
    expect(logits.shape).toEqual([2, classes]);
    expect([...logits.dataSync()].every(Number.isFinite)).toBe(true);
    model.dispose();
    logits.dispose();
  });

  it('takes batches of any size, and other rows do not change a row', () => {
    tf.tidy(() => {
      const model = buildModel(definition, settings);
      const x = tf.randomNormal([5, 24, 1], 0, 1, 'float32', 1);
      const together = valuesOf(model.predict(x) as tf.Tensor);
      const alone = valuesOf(model.predict(x.slice(3, 1)) as tf.Tensor);
      alone.forEach((value, i) => expect(value).toBeCloseTo(together[3 * 3 + i]!, 5));
      model.dispose();
    });
  });

  it('has the weights of its seed, to the bit', () => {
    const weights = (seed: number): number[][] => {
      const model = buildModel(definition, { ...settings, seed });
      const values = model.getWeights().map(valuesOf);
      model.dispose();
      return values;
    };
    const [first, again, other] = [weights(1), weights(1), weights(2)];
    expect(again).toEqual(first);
    first.forEach((values, i) => {
      // A weight that starts as zeros or ones does so with every seed.
      if (new Set(values).size > 2) expect(other[i]).not.toEqual(values);
    });
    expect(other).not.toEqual(first);
  });

  it('has the same unique weight names however often it is built', () => {
    const [first, second] = [buildModel(definition, settings), buildModel(definition, settings)];
    const names = weightNames(first);
    expect(names).toEqual(weightNames(second));
    expect(names).toHaveLength(first.weights.length);
    expect(new Set(names).size).toBe(names.length);
    tf.dispose([first, second].flatMap((model) => model.getWeights()));
  });

  it('predicts the same after it is saved and loaded', async () => {
    const model = buildModel(definition, settings);
    const topology = JSON.parse(JSON.stringify(model.toJSON(null, false))) as object;
    const again = await tf.models.modelFromJSON({ modelTopology: topology } as tf.io.ModelJSON);
    again.setWeights(model.getWeights());
    const x = tf.randomNormal([2, 24, 1], 0, 1, 'float32', 1);
    const [expected, actual] = [model, again].map((m) => valuesOf(m.predict(x) as tf.Tensor));
    expect(actual).toEqual(expected);
    expect(weightNames(again)).toEqual(weightNames(model));
    model.dispose();
    again.dispose();
    x.dispose();
  });

  it('leaves no tensor behind when it is disposed', () => {
    const before = tf.memory().numTensors;
    const model = buildModel(definition, settings);
    const x = tf.ones([2, 24, 1]);
    tf.dispose([model.predict(x), x]);
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has a title, a sentence about itself, and options with defaults and descriptions', () => {
    expect(definition.title).toMatch(/\S/);
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.options).toBeInstanceOf(z.ZodObject);
    const { shape } = definition.options as unknown as z.ZodObject<Record<string, z.ZodType>>;
    expect(Object.keys(parseOptions(definition))).toEqual(Object.keys(shape));
    for (const [name, field] of Object.entries(shape)) {
      expect([name, field.description]).toEqual([name, expect.stringMatching(/\S/)]);
    }
  });

  it('refuses options that it does not have, and values of another type', () => {
    const build = (options: object) => () =>
      buildModel(definition, { ...settings, options } as never);
    expect(build({ nonesuch: 1 })).toThrow(InputError);
    expect(build({ nonesuch: 1 })).toThrow(
      `Unknown option of ${definition.name} "nonesuch": expected one of`,
    );
    for (const name of Object.keys(parseOptions(definition))) {
      expect(build({ [name]: { of: 'no option' } })).toThrow(InputError);
      expect(build({ [name]: { of: 'no option' } })).toThrow(
        `Cannot set the option "${name}" of ${definition.name} to {"of":"no option"}: expected `,
      );
    }
  });

  it('without options it is as with each default given', () => {
    const [first, second] = [{}, parseOptions(definition)].map((options) =>
      buildModel(definition, { ...settings, options }),
    );
    expect(weightNames(second!)).toEqual(weightNames(first!));
    const shapes = (model: tf.LayersModel): tf.Shape[] => model.weights.map(({ shape }) => shape);
    expect(shapes(second!)).toEqual(shapes(first!));
    first!.dispose();
    second!.dispose();
  });
});
