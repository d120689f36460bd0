import { describeEngines, useEngine } from '@botlab/engine';
import {
  buildModel,
  getModel,
  listModels,
  parseOptions,
  weightNames,
  withSeed,
} from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { Adam } from './adam';
import { batchSource } from './batch-source';
import type { Examples } from './prepare-data';
import { trainStep } from './train-step';

const FEATURES = 115;
const CLASSES = 11;
const BATCH = 16;
// Adam makes a whole step of a gradient however small, rounding errors among them: small steps keep such
// differences from growing.
const LEARNING_RATE = 1e-4;

/** Rows of noise, each class with a level of its own: something to learn. */
function examples(): Examples {
  const rows = 4 * BATCH;
  const y = Uint8Array.from({ length: rows }, (_, row) => row % CLASSES);
  const x = Float32Array.from({ length: rows * FEATURES }, (_, i) => {
    const row = Math.floor(i / FEATURES);
    return Math.sin(i * 12.9898 + row * 78.233) + (y[row]! / CLASSES) * Math.cos(i % FEATURES);
  });
  return { x, y, rows: Uint32Array.from({ length: rows }, (_, row) => row) };
}

interface Trained {
  readonly losses: number[];
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** The network of that name, narrow where it has a width. */
function small(name: string): tf.LayersModel {
  const definition = getModel(name);
  const options = 'width' in parseOptions(definition) ? { width: 5 } : {};
  return buildModel(definition, { features: FEATURES, classes: CLASSES, seed: 1, options });
}

function train(name: string, steps: number): Trained {
  const model = small(name);
  const adam = new Adam(model.trainableWeights.map((weight) => weight.read() as tf.Variable));
  const data = examples();
  const source = batchSource(data, CLASSES);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const batch = Uint32Array.from(
      { length: BATCH },
      (_, i) => (step * BATCH + i) % data.rows.length,
    );
    const result = withSeed(step, () => trainStep(model, adam, source, batch, LEARNING_RATE));
    losses.push(result.loss.dataSync()[0]!);
    tf.dispose([result.loss, result.correct]);
  }
  const names = weightNames(model);
  const weights = new Map(
    model.getWeights().map((weight, i) => [names[i]!, weight.dataSync() as Float32Array]),
  );
  source.dispose();
  adam.dispose();
  model.dispose();
  return { losses, weights };
}

/** The engines that can run here, but for the reference, and for how many steps: some are slow. */
async function otherEngines(): Promise<{ engine: string; steps: number }[]> {
  const engines = await describeEngines();
  return engines.flatMap(({ name, ...status }) => {
    if (!status.available || name === 'reference') return [];
    return [{ engine: name, steps: status.isSoftware ? 5 : 20 }];
  });
}

/**
 * Whether nothing depends on a weight but another such weight: batch normalisation takes away the bias of
 * the convolution before it, whose gradient is rounding errors alone, and the running mean goes with it.
 */
const isCancelled = (name: string): boolean =>
  /conv\/bias$|(conv|shortcut)_bn\/moving_mean$/.test(name);

/** The greatest difference of two runs, in losses and in weights. */
function greatestDifference(a: Trained, b: Trained): number {
  const pairs: [ArrayLike<number>, ArrayLike<number>][] = [[a.losses, b.losses]];
  for (const [name, values] of a.weights) {
    if (!isCancelled(name)) pairs.push([values, b.weights.get(name)!]);
  }
  let greatest = 0;
  for (const [left, right] of pairs) {
    for (let i = 0; i < left.length; i++) {
      const difference = Math.abs(left[i]! - right[i]!);
      if (!(difference <= greatest)) greatest = difference; // NaN counts
    }
  }
  return greatest;
}

it.each(listModels().map(({ name }) => name))(
  '%s: on every engine training ends where the reference ends',
  async (name) => {
    const engines = await otherEngines();
    await useEngine('reference');
    const expected = new Map(
      [...new Set(engines.map(({ steps }) => steps))].map((steps) => [steps, train(name, steps)]),
    );
    for (const { engine, steps } of engines) {
      await useEngine(engine);
      const difference = greatestDifference(train(name, steps), expected.get(steps)!);
      if (!(difference < 1e-4)) throw new Error(`${engine} differs by ${difference}`);
    }
  },
  300_000, // a processor that plays a graphics card compiles slowly too
);

describe.each(['native', 'wasm'] as const)('%s', (engine) => {
  it.each(['res-1dcnn-lstm', 'gru', 'cnn1d', 'bert'])(
    '%s: the same bits with any number of threads',
    async (name) => {
      const { available } = (await describeEngines()).find((status) => status.name === engine)!;
      if (!available) return console.log(`${engine} cannot run here`);
      const runs: Trained[] = [];
      for (const threads of [1, 2, 5]) {
        await useEngine(engine, { threads });
        runs.push(train(name, 3));
      }
      for (const run of runs) expect(run).toEqual(runs[0]);
    },
  );
});
