import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@botlab/engine';
import { defineModel, LayerNorm, type ModelDefinition, noteModels } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineEstimator, noteEstimators } from './estimators/define-estimator';
import type { EstimatorDefinition } from './estimators/estimator';
import { getEstimator, listEstimators } from './estimators/registry';
import { type PreparedData, prepareData } from './prepare-data';
import { Hyperparameters, type RunConfig } from './run-config';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { train } from './train';
import type { TrainOptions } from './train-options';

let data: PreparedData;
let kept: string;
let out: string;
let undo: (() => void)[];

beforeAll(async () => {
  await useEngine('reference');
  data = await prepareData(tinySource, tinySpec);
});
beforeEach(() => {
  [kept, out] = [temporaryFolder(), temporaryFolder()];
  process.env['BOTLAB_RUNS'] = kept;
  listEstimators();
  undo = [noteModels(), noteEstimators()];
});
afterEach(() => {
  for (const one of undo) one();
  delete process.env['BOTLAB_RUNS'];
  for (const folder of [kept, out]) rmSync(folder, { recursive: true });
});

/** Trains in a new folder; how many steps that took tells whether it was trained. */
async function fresh(
  config: Partial<RunConfig> = {},
  prepared = data,
  options: Partial<TrainOptions> = {},
) {
  let steps = 0;
  const count = { onStep: () => (steps += 1) };
  rmSync(out, { recursive: true });
  const run = await train(tinyConfig(config), prepared, { out, ...count, ...options });
  return { ...run, steps };
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'latin1')])
    .sort();

it('is taken whole by who asks for the same, who is told of its epochs', async () => {
  const first = await fresh();
  const files = filesOf(first.folder.path);
  const told: unknown[] = [];
  const onEpoch: TrainOptions['onEpoch'] = (record) => told.push(record);
  const again = await fresh({}, data, { onEpoch });
  expect([first.steps > 0, again.steps, again.skipped]).toEqual([true, 0, false]);
  expect(filesOf(again.folder.path)).toEqual(files);
  expect(again.metrics).toEqual(first.metrics);
  expect(told).toEqual(first.history);
});

it('is taken under another name and after a commit, which the folder then has', async () => {
  await fresh();
  const environment = { ...tinyConfig().environment, commit: 'c0ffee' };
  const other = await fresh({ experiment: 'other', environment });
  expect(other.steps).toBe(0);
  expect(other.folder.readConfig()).toMatchObject({ experiment: 'other', environment });
});

it('is not there where the environment names no folder, and none is written', async () => {
  delete process.env['BOTLAB_RUNS'];
  await fresh();
  expect((await fresh()).steps).toBeGreaterThan(0);
  expect(readdirSync(kept)).toEqual([]);
});

it('goes on from where it was interrupted, and is kept only when it was made at once', async () => {
  const controller = new AbortController();
  const onEpoch = () => controller.abort(new Error('enough'));
  const stopped = fresh({}, data, { onEpoch, signal: controller.signal });
  await expect(stopped).rejects.toThrow('enough');
  expect(readdirSync(kept)).toEqual([]);
  await train(tinyConfig(), data, { out });
  expect(readdirSync(kept)).toEqual([]);
});

/** The data with a value of a side changed, and the checksum as it was. */
function altered(side: 'train' | 'test'): PreparedData {
  const x = Float32Array.from(data[side].x);
  x[7]! += 1e-6;
  return { ...data, [side]: { ...data[side], x } };
}

const training = (change: object) =>
  Hyperparameters.parse({ epochs: 3, batchSize: 16, learningRate: 0.01, ...change });

it.each<[string, Partial<RunConfig>, (() => PreparedData)?]>([
  ['seed', { seed: 2 }],
  ['task', { task: 'multiclass' }],
  ['width', { options: { units: [9] } }],
  ['learning rate', { training: training({ learningRate: 0.02 }) }],
  ['batch', { training: training({ batchSize: 8 }) }],
  ['processor', { environment: { ...tinyConfig().environment, cpu: 'another' } }],
  ['row to train on', {}, () => altered('train')],
  ['row to test on', {}, () => altered('test')],
  ['order of the test rows', {}, () => ({ ...data, test: data.train, train: data.test })],
])('is another with another %s', async (_, config, prepared = () => data) => {
  await fresh();
  expect((await fresh(config, prepared())).steps).toBeGreaterThan(0);
  expect(readdirSync(kept)).toHaveLength(2);
});

/** A network of one's own, of the same name and options whatever it does. */
function mine(through: (x: tf.SymbolicTensor) => tf.SymbolicTensor): Partial<RunConfig> {
  const definition: ModelDefinition = {
    ...{ name: 'mine', title: 'Mine', summary: 'A network of a cell.' },
    options: z.strictObject({}),
    build: ({ input, classes }) => {
      const flat = tf.layers.flatten().apply(input) as tf.SymbolicTensor;
      return tf.layers.dense({ units: classes }).apply(through(flat)) as tf.SymbolicTensor;
    },
  };
  defineModel(definition);
  return { model: 'mine', options: {} };
}

const dense = (activation: 'relu' | 'tanh') => (x: tf.SymbolicTensor) =>
  tf.layers.dense({ units: 8, activation }).apply(x) as tf.SymbolicTensor;

it('is told from another network of the same name by what that consists of', async () => {
  await fresh(mine(dense('relu')));
  expect((await fresh(mine(dense('relu')))).steps).toBe(0);
  expect((await fresh(mine(dense('tanh')))).steps).toBeGreaterThan(0);
  const normed = (x: tf.SymbolicTensor) => new LayerNorm({}).apply(x) as tf.SymbolicTensor;
  expect((await fresh(mine(normed))).steps).toBeGreaterThan(0);
  expect((await fresh(mine(normed))).steps).toBe(0);
  expect(readdirSync(kept)).toHaveLength(3);
});

it('is not kept of a network with a layer that somebody wrote or changed, within another too', async () => {
  class Same extends tf.layers.Layer {
    static className = 'Same';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return (Array.isArray(inputs) ? inputs[0]! : inputs).clone();
    }
  }
  const overridden = () => {
    const layer = tf.layers.dense({ units: 8 });
    const usual = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => usual(inputs, kwargs);
    return layer;
  };
  const hooked = () => {
    const layer = tf.layers.dense({ units: 8 });
    layer.setCallHook(() => undefined);
    return layer;
  };
  const inside = () => tf.layers.timeDistributed({ layer: new Same({}) });
  for (const layer of [() => new Same({}), overridden, hooked]) {
    await fresh(mine((x) => layer().apply(x) as tf.SymbolicTensor));
  }
  const spread = (x: tf.SymbolicTensor) =>
    tf.layers.reshape({ targetShape: [115, 1] }).apply(x) as tf.SymbolicTensor;
  const joined = (x: tf.SymbolicTensor) => tf.layers.flatten().apply(x) as tf.SymbolicTensor;
  await fresh(mine((x) => joined(inside().apply(spread(x)) as tf.SymbolicTensor)));
  expect(readdirSync(kept)).toEqual([]);
});

it('is kept of what is no network where that is this room’s own', async () => {
  const progress: number[][] = [];
  const onProgress = (...said: [number, number]) => progress.push(said);
  const tree = { model: 'tree', options: {} };
  const first = await fresh(tree);
  const again = await fresh(tree, data, { onProgress });
  expect(again.metrics).toEqual(first.metrics); // with the same seconds
  expect(progress).toEqual([[1, 1]]);
  const own = getEstimator('tree') as EstimatorDefinition;
  const fit = jest.fn<ReturnType<typeof own.fit>, Parameters<typeof own.fit>>((...of) => own.fit(...of)); // prettier-ignore
  defineEstimator({ ...own, fit });
  await fresh(tree);
  expect(fit).toHaveBeenCalledTimes(1);
});
