import { rmSync } from 'node:fs';
import { DeviceLost, useEngine } from '@botlab/engine';
import { buildModel, getModel } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { predict, type Predictions } from './evaluation';
import type { TrainOptions, TrainProgress } from './train-options';
import { type PreparedData, prepareData } from './prepare-data';
import { Hyperparameters, type RunConfig } from './run-config';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { type Run, train } from './train';

// What differs on an engine that computes asynchronously, on one that does not: the bits must be the same.
let mockAsynchronous = false;
jest.mock('@botlab/engine', () => ({
  ...jest.requireActual<object>('@botlab/engine'),
  isAsynchronous: () => mockAsynchronous,
}));

let data: PreparedData;
const out = temporaryFolder();
beforeAll(async () => {
  await useEngine('reference');
  data = await prepareData(tinySource, tinySpec);
});
afterAll(() => rmSync(out, { recursive: true }));

const training = Hyperparameters.parse({ epochs: 3, batchSize: 4, learningRate: 0.01 });
const run = (
  experiment: string,
  config: Partial<RunConfig> = {},
  options: Partial<TrainOptions> = {},
): Promise<Run> =>
  train(tinyConfig({ experiment, training, ...config }), data, { out, ...options });

const untimed = ({ history, metrics }: Run) => ({
  history: history.map((record) => ({ ...record, seconds: 0 })),
  metrics: { ...metrics, seconds: 0 },
});

it('gives the same bits, and reports fewer times', async () => {
  jest.spyOn(performance, 'now').mockReturnValue(0); // a step takes no time: groups are as long as can be
  mockAsynchronous = false;
  const each: TrainProgress[] = [];
  const expected = await run('each', {}, { onStep: (progress) => each.push(progress) });
  mockAsynchronous = true;
  const { numTensors } = tf.memory();
  const groups: TrainProgress[] = [];
  const together = await run('together', {}, { onStep: (progress) => groups.push(progress) });
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(untimed(together)).toEqual(untimed(expected));
  expect(each).toHaveLength(3 * 24);
  expect(groups.map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 1],
    [1, 24],
    [2, 24],
    [3, 24],
  ]);
  expect(each).toEqual(expect.arrayContaining(groups));
  jest.restoreAllMocks();
});

it('goes on to the same bits from a checkpoint between two readings', async () => {
  mockAsynchronous = true;
  const controller = new AbortController();
  let left = 2;
  const onStep = () => {
    left -= 1;
    if (left === 0) controller.abort(new Error('enough'));
  };
  const options = { onStep, signal: controller.signal, checkpointSeconds: 0.001 };
  await expect(run('stopped', {}, options)).rejects.toThrow('enough');
  const resumed = await run('stopped');
  expect(untimed(resumed)).toEqual(untimed(await run('together')));
});

it('names the step that diverged', async () => {
  const wild = { training: { ...training, learningRate: 1e38 } };
  const failures: unknown[] = [];
  for (const asynchronous of [false, true]) {
    mockAsynchronous = asynchronous;
    failures.push(await run(`wild ${asynchronous}`, wild).catch(String));
  }
  expect(failures[0]).toMatch(/diverged: .*at epoch 1, step \d/);
  expect(failures[1]).toBe(failures[0]);
});

describe('predictions', () => {
  const x = Float32Array.from({ length: 2500 * 115 }, (_, i) => Math.sin(i));
  const model = () => buildModel(getModel('dense'), { features: 115, classes: 11, seed: 1 });

  it('are the same where one chunk is read while the next is computed', async () => {
    const seen: Predictions[] = [];
    for (const asynchronous of [false, true]) {
      mockAsynchronous = asynchronous;
      const network = model();
      const { numTensors } = tf.memory();
      seen.push(await predict(network, x));
      expect(tf.memory().numTensors).toBe(numTensors);
      network.dispose();
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('fail once, and leave nothing behind, where none can be read', async () => {
    mockAsynchronous = true;
    const network = model();
    const { numTensors } = tf.memory();
    const lost = new DeviceLost('reference', 'pulled out');
    const data = jest.spyOn(tf.Tensor.prototype, 'data').mockRejectedValue(lost);
    await expect(predict(network, x)).rejects.toBe(lost);
    expect(data).toHaveBeenCalledTimes(2);
    data.mockRestore();
    expect(tf.memory().numTensors).toBe(numTensors);
    network.dispose();
  });
});
