import { describeEngines, FusedGRU, FusedLSTM, useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { Adam } from './adam';
import { UploadedBatches } from './batch-source';
import { trainStep } from './train-step';

type Layer = tf.layers.Layer;
type Regularizer = ReturnType<typeof tf.regularizers.l1l2>;

const ROWS = Uint32Array.of(0, 1, 2, 3);
const [FEATURES, CLASSES] = [6, 2];
const EXAMPLES = {
  x: Float32Array.from({ length: 4 * FEATURES }, (_, i) => Math.sin(i)),
  y: Uint8Array.of(0, 1, 1, 0),
  rows: ROWS,
};

/** Layers with a regulariser on all of their weights. */
const REGULARISED: Record<string, (regularizer: Regularizer) => Layer[]> = {
  'dense, kernel and bias': (r) => [
    tf.layers.flatten(),
    tf.layers.dense({ units: 3, kernelRegularizer: r, biasRegularizer: r }),
  ],
  conv1d: (r) => [
    tf.layers.conv1d({ filters: 3, kernelSize: 2, kernelRegularizer: r, biasRegularizer: r }),
    tf.layers.flatten(),
  ],
  FusedLSTM: (r) => [
    new FusedLSTM({ units: 3, kernelRegularizer: r, recurrentRegularizer: r, biasRegularizer: r }),
  ],
  FusedGRU: (r) => [
    new FusedGRU({ units: 3, kernelRegularizer: r, recurrentRegularizer: r, biasRegularizer: r }),
  ],
  'a cell of tfjs': (r) => [
    tf.layers.lstm({
      units: 3,
      kernelRegularizer: r,
      recurrentRegularizer: r,
      biasRegularizer: r,
    }),
  ],
  'both directions': (r) => [
    tf.layers.bidirectional({
      mergeMode: 'concat',
      layer: tf.layers.gru({
        units: 2,
        kernelRegularizer: r,
        recurrentRegularizer: r,
        biasRegularizer: r,
      }),
    }),
  ],
  'over time': (r) => [
    tf.layers.timeDistributed({
      layer: tf.layers.dense({ units: 2, kernelRegularizer: r, biasRegularizer: r }),
    }),
    tf.layers.flatten(),
  ],
  'batch normalisation': (r) => [
    tf.layers.batchNormalization({ betaRegularizer: r, gammaRegularizer: r }),
    tf.layers.flatten(),
  ],
  'a model within': (r) => {
    const input = tf.input({ shape: [FEATURES, 1] });
    const lstm = new FusedLSTM({
      ...{ units: 3, kernelRegularizer: r, recurrentRegularizer: r, biasRegularizer: r },
    });
    return [tf.model({ inputs: input, outputs: lstm.apply(input) as tf.SymbolicTensor })];
  },
};

/** A classifier with these layers before its logits, its weights by their place. */
function classifier(layers: readonly Layer[]): tf.LayersModel {
  const input = tf.input({ shape: [FEATURES, 1] });
  let y = input;
  for (const layer of [...layers, tf.layers.dense({ units: CLASSES })]) {
    y = layer.apply(y) as tf.SymbolicTensor;
  }
  const model = tf.model({ inputs: input, outputs: y });
  const weights = model.getWeights().map(({ shape, size }, i) => {
    return tf.tensor(Float32Array.from({ length: size }, (_, j) => 0.6 * Math.cos(i + j)).map(Math.abs), shape); // prettier-ignore
  });
  model.setWeights(weights);
  return model;
}

/** What a step says and derives, and the weights before and after it. */
function stepOf(layers: readonly Layer[]) {
  const model = classifier(layers);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const values = () => variables.map((variable) => [...variable.dataSync()]);
  const adam = new Adam(variables);
  const update = jest.spyOn(adam, 'update');
  let gradients: number[][] = [];
  update.mockImplementation(function (this: Adam, grads, rate) {
    gradients = variables.map(({ name }) => [...grads[name]!.dataSync()]);
    Adam.prototype.update.call(adam, grads, rate);
  });
  const before = values();
  const { loss, correct } = trainStep(model, adam, new UploadedBatches(EXAMPLES), ROWS, 0.01);
  const result = { loss: loss.dataSync()[0]!, gradients, before, after: values() };
  tf.dispose([loss, correct]);
  adam.dispose();
  model.dispose();
  return result;
}

/** Does something on each engine that can run here. */
async function onEngines(check: (engine: string) => void): Promise<void> {
  for (const { name, available } of await describeEngines()) {
    if (!available) continue;
    await useEngine(name);
    check(name);
  }
}

const expectClose = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const error = Math.abs(value - expected[i]!);
    expect(error).toBeLessThan(2e-4 * Math.max(1, Math.abs(expected[i]!)));
  });
};

it.each(Object.entries(REGULARISED))(
  'a regulariser is part of the loss and of its gradient: %s',
  async (_, layers) => {
    await onEngines(() => {
      const [l1, l2] = [0.3, 10];
      const without = stepOf(layers(tf.regularizers.l2({ l2: 0 })));
      const within = stepOf(layers(tf.regularizers.l1l2({ l1, l2 })));
      const regularised = without.before.slice(0, -2); // all but those of the logits
      const penalty = regularised.flat().reduce((sum, w) => sum + l1 * Math.abs(w) + l2 * w * w, 0);
      expectClose([within.loss], [without.loss + penalty]);
      within.gradients.forEach((gradient, i) => {
        const of = (w: number): number =>
          i < regularised.length ? l1 * Math.sign(w) + 2 * l2 * w : 0;
        expectClose(gradient, without.gradients[i]!.map((g, j) => g + of(without.before[i]![j]!))); // prettier-ignore
      });
      expect(within.after).not.toEqual(without.after);
    });
  },
);

it('a layer that is used twice is regularised once', async () => {
  await onEngines(() => {
    const twice = (r: Regularizer) => {
      const layer = tf.layers.dense({ units: 1, kernelRegularizer: r });
      return [layer, layer, tf.layers.flatten()];
    };
    const without = stepOf(twice(tf.regularizers.l2({ l2: 0 })));
    const within = stepOf(twice(tf.regularizers.l2({ l2: 10 })));
    expectClose([within.loss], [without.loss + 10 * without.before[0]![0]! ** 2]);
  });
});

it('without a regulariser the loss is the cross-entropy, to the bit', async () => {
  await onEngines(() => {
    const layers = () => [tf.layers.flatten(), tf.layers.dense({ units: 3 })];
    const { loss, gradients } = stepOf(layers());
    const zero = stepOf([
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, kernelRegularizer: tf.regularizers.l2({ l2: 0 }) }),
    ]);
    expect([loss, gradients]).toEqual([zero.loss, zero.gradients]);
  });
});

it('weights stay within their constraints', async () => {
  await onEngines(() => {
    const layer = tf.layers.dense({
      units: 3,
      kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.1, axis: 0 }),
      biasConstraint: tf.constraints.nonNeg(),
    });
    const { after } = stepOf([tf.layers.flatten(), layer]);
    const [kernel, bias] = after;
    for (let column = 0; column < 3; column++) {
      const norm = Math.hypot(...kernel!.filter((_, i) => i % 3 === column));
      expect(norm).toBeCloseTo(0.1, 5);
    }
    expect(Math.min(...bias!)).toBeGreaterThanOrEqual(0);
  });
});
