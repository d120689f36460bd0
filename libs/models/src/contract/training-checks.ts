import assert from 'node:assert/strict';
import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { buildModel, parseOptions } from '../build-model';
import type { ModelDefinition } from '../define-model';
import { withSeed } from '../seeded-random';
import { weightNames } from '../weight-names';
import type { Check } from './check';
import { valuesOf } from './tensor-values';

const rows = 64;
const features = 20;

/**
 * What a network does in training. It is built narrower where it has an option `width`.
 *
 * @param engine what computes; by default the first engine of the processor
 */
export function trainingChecks(definition: ModelDefinition, engine = 'auto'): Check[] {
  const options = 'width' in parseOptions(definition) ? { width: 4 } : {};
  const small = (): tf.LayersModel =>
    buildModel(definition, { features, classes: 2, seed: 1, options });
  const checks: Record<string, () => void> = {
    'gets a finite gradient at every weight': () => {
      for (const [name, values] of gradientsOf(small, true)) {
        assert.ok(values.every(Number.isFinite), `the gradient at ${name} is not finite`);
      }
    },

    // In inference: in training, batch normalisation takes away the bias of what it normalises.
    'gets a gradient other than zero at every weight': () => {
      for (const [name, values] of gradientsOf(small, false)) {
        const isZero = values.every((value) => Math.abs(value) <= 1e-7);
        assert.ok(!isZero, `the gradient at ${name} is zero: it cannot learn`);
      }
    },

    'repeats its training to the bit': () => {
      const [first, again] = [1, 2].map(() => {
        const model = small();
        const losses = train(model, 3);
        model.dispose();
        return losses;
      });
      assert.deepEqual(again, first);
    },

    'learns 64 rows of random labels by heart': () => {
      const model = small();
      const loss = train(model, 150).at(-1)!;
      assert.ok(loss < 0.05, `after 150 steps the loss is still ${loss}`);
      tf.tidy(() => {
        const { x, y } = data();
        // The averages of batch normalisation, which prediction uses, follow the last steps slowly.
        for (let i = 0; i < 40; i++) model.apply(x, { training: true });
        const predicted = (model.predict(x) as tf.Tensor).argMax(1);
        const accuracy = valuesOf(predicted.equal(y.argMax(1)).mean())[0]!;
        assert.ok(accuracy > 0.95, `it answers ${accuracy} of the rows that it was trained on`);
      });
      model.dispose();
    },
  };
  return Object.entries(checks).map(([title, check]) => ({
    title,
    run: async () => {
      await useEngine(engine, { runsOn: 'processor' });
      check();
    },
  }));
}

/** Rows of noise with labels of two classes drawn by lot: what can be learnt of them is learnt by heart. */
function data(): { x: tf.Tensor3D; y: tf.Tensor2D } {
  const labels = tf.randomUniform([rows], 0, 2, 'int32', 5);
  const x = tf.randomNormal<tf.Rank.R3>([rows, features, 1], 0, 1, 'float32', 4);
  return { x, y: tf.oneHot(labels, 2) as tf.Tensor2D };
}

function lossOf(model: tf.LayersModel, training: boolean): tf.Scalar {
  const { x, y } = data();
  return tf.losses.softmaxCrossEntropy(y, model.apply(x, { training }) as tf.Tensor);
}

/** The gradient of each trainable weight, by name. */
function gradientsOf(build: () => tf.LayersModel, training: boolean): Map<string, number[]> {
  const found = new Map<string, number[]>();
  tf.tidy(() => {
    const model = build();
    const { grads } = tf.variableGrads(() => lossOf(model, training));
    const names = weightNames(model);
    (model.getWeights() as tf.Variable[]).forEach((weight, i) => {
      const gradient = grads[weight.name];
      if (gradient !== undefined) found.set(names[i]!, valuesOf(gradient));
    });
    assert.equal(found.size, model.trainableWeights.length);
    model.dispose();
  });
  return found;
}

/** Trains until the loss is small, and at most `steps` steps; returns the loss of each. */
function train(model: tf.LayersModel, steps: number): number[] {
  const optimizer = tf.train.adam(0.02);
  const losses: number[] = [];
  const tensors = new Set<number>();
  while (losses.length < steps && (losses.at(-1) ?? 1) > 0.05) {
    const loss = withSeed(losses.length, () =>
      optimizer.minimize(() => lossOf(model, true), true)!,
    );
    losses.push(valuesOf(loss)[0]!);
    loss.dispose();
    tensors.add(tf.memory().numTensors);
  }
  optimizer.dispose();
  assert.equal(tensors.size, 1, 'a step of training leaves tensors behind');
  return losses;
}
