import assert from 'node:assert/strict';
import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { buildModel, parseOptions } from '../build-model';
import type { ModelDefinition } from '../define-model';
import { weightNames } from '../weight-names';
import type { Check } from './check';
import { valuesOf } from './tensor-values';

const settings = { features: 24, classes: 3, seed: 1 };

/** Shapes that each network is built for. */
const SHAPES = [
  { features: 115, classes: 2 },
  { features: 115, classes: 11 },
  { features: 60, classes: 11 },
];

/** What a network is before it is trained: shapes, weights, names, what is saved. */
export function networkChecks(definition: ModelDefinition): Check[] {
  const built = (seed = 1): tf.LayersModel => buildModel(definition, { ...settings, seed });
  const checks: Record<string, () => void | Promise<void>> = {
    'takes batches of any size, and other rows do not change a row': () => {
      tf.tidy(() => {
        const model = built();
        const x = tf.randomNormal([5, 24, 1], 0, 1, 'float32', 1);
        const together = valuesOf(model.predict(x) as tf.Tensor).slice(3 * 3, 4 * 3);
        const alone = valuesOf(model.predict(x.slice(3, 1)) as tf.Tensor);
        const isSame = alone.every((value, i) => Math.abs(value - together[i]!) < 5e-6);
        assert.ok(isSame, `row 3 is [${together.join()}] among others and [${alone.join()}] alone`);
        model.dispose();
      });
    },

    'has the weights of its seed, to the bit': () => {
      const weights = (seed: number): number[][] => {
        const model = built(seed);
        const values = model.getWeights().map(valuesOf);
        model.dispose();
        return values;
      };
      const [first, again, other] = [weights(1), weights(1), weights(2)];
      assert.deepEqual(again, first);
      first.forEach((values, i) => {
        // A weight that starts as zeros or ones does so with every seed.
        if (new Set(values).size > 2) assert.notDeepEqual(other[i], values);
      });
      assert.notDeepEqual(other, first);
    },

    'has the same unique weight names however often it is built': () => {
      const [first, second] = [built(), built()];
      const names = weightNames(first);
      assert.deepEqual(names, weightNames(second));
      assert.equal(names.length, first.weights.length);
      assert.equal(new Set(names).size, names.length);
      tf.dispose([first, second].flatMap((model) => model.getWeights()));
    },

    'predicts the same after it is saved and loaded': async () => {
      const model = built();
      const topology = JSON.parse(JSON.stringify(model.toJSON(null, false))) as object;
      const again = await tf.models.modelFromJSON({ modelTopology: topology } as tf.io.ModelJSON);
      again.setWeights(model.getWeights());
      const x = tf.randomNormal([2, 24, 1], 0, 1, 'float32', 1);
      const [expected, actual] = [model, again].map((one) => valuesOf(one.predict(x) as tf.Tensor));
      assert.deepEqual(actual, expected);
      assert.deepEqual(weightNames(again), weightNames(model));
      model.dispose();
      again.dispose();
      x.dispose();
    },

    'leaves no tensor behind when it is disposed': () => {
      const before = tf.memory().numTensors;
      const model = built();
      const x = tf.ones([2, 24, 1]);
      tf.dispose([model.predict(x), x]);
      assert.ok(tf.memory().numTensors > before);
      model.dispose();
      assert.equal(tf.memory().numTensors, before);
    },

    'without options it is as with each default given': () => {
      const models = [{}, parseOptions(definition)].map((options) =>
        buildModel(definition, { ...settings, options }),
      );
      const [first, second] = models.map((model) => ({
        names: weightNames(model),
        shapes: model.weights.map(({ shape }) => shape),
      }));
      assert.deepEqual(second, first);
      for (const model of models) model.dispose();
    },
  };
  return [
    ...SHAPES.map((shape) => logitsCheck(definition, shape)),
    ...Object.entries(checks).map(([title, check]) => ({
      title,
      run: async () => {
        await useEngine('reference');
        await check();
      },
    })),
  ];
}

function logitsCheck(
  definition: ModelDefinition,
  { features, classes }: { features: number; classes: number },
): Check {
  return {
    title: `takes ${features} features to logits of ${classes} classes`,
    run: async () => {
      await useEngine('reference');
      const model = buildModel(definition, { features, classes, seed: 1 });
      const logits = tf.tidy(() => model.predict(tf.ones([2, features, 1])) as tf.Tensor);
      assert.deepEqual(logits.shape, [2, classes]);
      assert.ok(
        valuesOf(logits).every(Number.isFinite),
        'its logits of rows of ones are not finite',
      );
      model.dispose();
      logits.dispose();
    },
  };
}
