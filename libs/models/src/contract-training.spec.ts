import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { buildModel, parseOptions } from './build-model';
import type { ModelDefinition } from './define-model';
import { listModels } from './registry';
import { withSeed } from './seeded-random';
import { valuesOf } from './tensors.fixture.spec';
import { weightNames } from './weight-names';

/**
 * Every model on the first engine of the processor, and one on the reference engine, which takes ten times as long:
 * that it trains as the others is shown in libs/training.
 */
const ENGINES = [
  { engine: 'auto', definitions: listModels() },
  { engine: 'reference', definitions: listModels().filter(({ name }) => name === 'cnn1d') },
];

const rows = 64;
const features = 20;

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

/** The network for {@link data}, narrower where that is an option. */
function small(definition: ModelDefinition): tf.LayersModel {
  const options = 'width' in parseOptions(definition) ? { width: 4 } : {};
  return buildModel(definition, { features, classes: 2, seed: 1, options });
}

/** The gradient of each trainable weight, by name. */
function gradientsOf(definition: ModelDefinition, training: boolean): Map<string, number[]> {
  const found = new Map<string, number[]>();
  tf.tidy(() => {
    const model = small(definition);
    const { grads } = tf.variableGrads(() => lossOf(model, training));
    const names = weightNames(model);
    (model.getWeights() as tf.Variable[]).forEach((weight, i) => {
      const gradient = grads[weight.name];
      if (gradient !== undefined) found.set(names[i]!, valuesOf(gradient));
    });
    expect(found.size).toBe(model.trainableWeights.length);
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
  expect(tensors.size).toBe(1); // no step leaks
  return losses;
}

describe.each(ENGINES)('$engine', ({ engine, definitions }) => {
  beforeAll(() => useEngine(engine, { runsOn: 'processor' }));

  describe.each(definitions)('$name', (definition) => {
    it('gets a finite gradient at every weight', () => {
      for (const values of gradientsOf(definition, true).values()) {
        expect(values.every(Number.isFinite)).toBe(true);
      }
    });

    // In inference: in training, batch normalisation takes away the bias of what it normalises.
    it('gets a gradient other than zero at every weight', () => {
      for (const [name, values] of gradientsOf(definition, false)) {
        expect([name, values.some((value) => Math.abs(value) > 1e-7)]).toEqual([name, true]);
      }
    });

    it('repeats its training to the bit', () => {
      const losses = [1, 2].map(() => {
        const model = small(definition);
        const first = train(model, 3);
        model.dispose();
        return first;
      });
      expect(losses[1]).toEqual(losses[0]);
    });

    it('learns 64 rows of random labels by heart', () => {
      const model = small(definition);
      expect(train(model, 150).at(-1)).toBeLessThan(0.05);
      tf.tidy(() => {
        const { x, y } = data();
        // The averages of batch normalisation, which prediction uses, follow the last steps slowly.
        for (let i = 0; i < 40; i++) model.apply(x, { training: true });
        const predicted = (model.predict(x) as tf.Tensor).argMax(1);
        expect(valuesOf(predicted.equal(y.argMax(1)).mean())[0]).toBeGreaterThan(0.95);
      });
      model.dispose();
    });
  });
});
