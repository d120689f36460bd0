import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';
import { adamUpdate } from '../ops/adam';
import { crossEntropy } from '../ops/cross-entropy';
import { gelu } from '../ops/gelu';
import { layerNorm } from '../ops/layer-norm';
import { FusedGRU } from '../ops/layers/fused-gru';
import { FusedLSTM } from '../ops/layers/fused-lstm';
import { runModel } from '../ops/model/run-model';
import { asked } from './abacus.fixture.spec';
import { dispatchesSoFar, isAsynchronous, largestTensor, timeDispatches } from './engine-in-use';
import { preferredEngines } from './preference';
import { ENGINE_NAMES } from './registry';
import { describeEngines, restartEngine, useEngine } from './use-engine';

// An engine that is registered, and named nowhere else.
jest.mock('./registry', () => {
  const { ENGINE_NAMES, engines } = jest.requireActual<typeof import('./registry')>('./registry');
  const { abacus } =
    jest.requireActual<typeof import('./abacus.fixture.spec')>('./abacus.fixture.spec');
  return { ENGINE_NAMES: [...ENGINE_NAMES, abacus.name], engines: () => [...engines(), abacus] };
});

beforeEach(async () => {
  await useEngine('abacus');
  asked.length = 0;
});

it('is listed, described and suggested', async () => {
  expect(ENGINE_NAMES.at(-1)).toBe('abacus');
  expect((await describeEngines()).at(-1)).toEqual({
    name: 'abacus',
    title: 'wooden beads',
    backend: 'abacus',
    runsOn: 'card',
    available: true,
    detail: 'ten rods',
  });
  await expect(useEngine('abakus')).rejects.toThrow('did you mean "abacus"?');
});

it('is used, told the threads, and started anew', async () => {
  await useEngine('abacus', { threads: 3 });
  expect(tf.getBackend()).toBe('abacus');
  await restartEngine('abacus');
  expect(asked).toEqual(['3 threads', 'restart', expect.stringMatching('threads')]);
});

it('says what it is to those that use the engine in use, and no other does', async () => {
  const said = async () => {
    const times = await timeDispatches(() => Promise.resolve());
    return [isAsynchronous(), largestTensor(), dispatchesSoFar(), times];
  };
  expect(await said()).toEqual([true, 42, 7, [{ name: 'a shader', calls: 1, ms: 2 }]]);
  await useEngine('reference');
  expect(await said()).toEqual([false, Infinity, undefined, undefined]);
});

it('is what auto takes where a step was faster on it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'botlab-'));
  const file = join(folder, 'calibration.json');
  writeFileSync(file, '{}');
  const first = async () => (await preferredEngines({ file }))[0]!.name;
  const usual = ENGINE_NAMES[0];
  await first();
  const kept = JSON.parse(readFileSync(file, 'utf8')) as {
    calibration: { milliseconds: Record<string, number> };
  };
  const { milliseconds } = kept.calibration;
  const [processor] = Object.keys(milliseconds);
  expect(milliseconds).toHaveProperty('abacus', expect.any(Number));
  for (const [ms, name] of [
    [0.5, 'abacus'],
    [1.5, usual],
  ] as const) {
    kept.calibration.milliseconds = { [processor!]: 1, abacus: ms };
    writeFileSync(file, JSON.stringify(kept));
    expect(await first()).toBe(name);
  }
  rmSync(folder, { recursive: true });
});

it('runs all operations, and trains a model to what the reference engine gives', async () => {
  const build = (): tf.LayersModel => {
    const input = tf.input({ shape: [6, 2] });
    const filters = { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' } as const;
    const layers = [
      tf.layers.conv1d(filters),
      tf.layers.batchNormalization(),
      new FusedLSTM({ units: 3, returnSequences: true }),
      new FusedGRU({ units: 3 }),
      tf.layers.dense({ units: 4 }),
    ];
    let y = input;
    for (const layer of layers) y = layer.apply(y) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: y });
    model.setWeights(model.getWeights().map(({ shape }, i) => uniform(shape, i + 1).abs()));
    return model;
  };
  /** The weights after a step of training. */
  const trained = (): number[][] =>
    tf.tidy(() => {
      const model = build();
      const x = uniform([5, 6, 2], 99);
      const labels = tf.tensor1d([0, 1, 2, 3, 0], 'int32');
      const { grads } = tf.variableGrads(() => {
        const y = gelu(runModel(model, x, true));
        const scale = tf.ones<tf.Rank.R1>([4]);
        const { loss, correct } = crossEntropy(layerNorm(y, scale, scale).as2D(5, 4), labels);
        correct.dispose();
        return loss;
      });
      const parameters = model.trainableWeights.map((weight) => {
        const variable = weight.read() as tf.Variable;
        const moments = tf.variable(tf.zeros([2, ...variable.shape]), false);
        return { variable, moments, gradient: grads[variable.name]! };
      });
      adamUpdate(parameters, {
        ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-3, rate: 0.1, correction: 30 },
      });
      const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
      tf.dispose(parameters.map(({ moments }) => moments));
      model.dispose();
      return weights;
    });
  await useEngine('reference');
  const expected = trained();
  await useEngine('abacus');
  trained().forEach((weights, i) => {
    expectClose(tf.tensor1d(weights), tf.tensor1d(expected[i]!), 1e-4);
  });
});

it('is an engine of the tests that go over every engine', async () => {
  const seen: string[] = [];
  await onEveryEngine((name) => seen.push(name));
  const only = process.env['BOTLAB_ENGINES'];
  expect(seen.includes('abacus')).toBe(only === undefined);
});
