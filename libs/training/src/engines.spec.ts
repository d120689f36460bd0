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
import { withoutNative } from '../../../tools/testing/native';
import { skipIf, slow } from '../../../tools/testing/skip-if';
import { isSlowWebGPU, withoutWebGPU } from '../../../tools/testing/webgpu';
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

/** The engines that can run here, but for the reference, and for how many steps: a card that is played is slow. */
async function otherEngines(isPlayed: boolean): Promise<{ engine: string; steps: number }[]> {
  const engines = await describeEngines();
  return engines.flatMap(({ name, ...status }) => {
    if (!status.available || name === 'reference') return [];
    if ((status.isSoftware ?? false) !== isPlayed) return [];
    return [{ engine: name, steps: isPlayed ? 3 : 10 }];
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

/** Fails unless a model's training ends on some engines where it ends on the reference engine. */
async function expectSameEnd(name: string, isPlayed: boolean): Promise<void> {
  const engines = await otherEngines(isPlayed);
  expect(engines).not.toEqual([]);
  await useEngine('reference');
  const expected = train(name, engines[0]!.steps);
  for (const { engine, steps } of engines) {
    await useEngine(engine);
    const difference = greatestDifference(train(name, steps), expected);
    if (!(difference < 1e-4)) throw new Error(`${engine} differs by ${difference}`);
  }
}

const MODELS = listModels().map(({ name }) => name);

it.each(MODELS)('%s: on every engine training ends where the reference ends', (name) =>
  expectSameEnd(name, false),
);

/** What a processor plays a graphics card for: slow, so that one model stands for all. */
const withoutPlayed = withoutWebGPU ?? (isSlowWebGPU ? undefined : 'webgpu runs on a card');
describe.each(MODELS)('%s', (name) => {
  skipIf(withoutPlayed ?? (name === 'res-1dcnn-lstm' ? undefined : slow)).it(
    'so does it where a processor plays a graphics card',
    () => expectSameEnd(name, true),
    300_000,
  );
});

describe.each([
  ['native', withoutNative],
  ['wasm', undefined],
] as const)('%s', (engine, missing) => {
  skipIf(missing).describe('gives the same bits with any number of threads', () => {
    it.each(['res-1dcnn-lstm', 'gru', 'cnn1d', 'bert'])('%s', async (name) => {
      const runs: Trained[] = [];
      for (const threads of [1, 2, 5]) {
        await useEngine(engine, { threads });
        runs.push(train(name, 3));
      }
      for (const run of runs) expect(run).toEqual(runs[0]);
    });
  });
});
