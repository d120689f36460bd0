import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readParquet } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { rocAuc } from '@botlab/metrics';
import * as tf from '@tensorflow/tfjs';
import type { TrainOptions } from './train-options';
import { type PreparedData, prepareData } from './prepare-data';
import { Hyperparameters, type RunConfig } from './run-config';
import { RunFolder } from './run-folder';
import { checksum, readTensorFile } from './safetensors';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { type Run, train } from './train';

let data: PreparedData;
let out: string;

beforeAll(async () => {
  await useEngine('reference');
  data = await prepareData(tinySource, tinySpec);
});
beforeEach(() => {
  out = temporaryFolder();
});
afterEach(() => rmSync(out, { recursive: true }));

const run = (config: Partial<RunConfig> = {}, options: Partial<TrainOptions> = {}): Promise<Run> =>
  train(tinyConfig(config), data, { out, ...options });

const training = (change: object) =>
  Hyperparameters.parse({ epochs: 3, batchSize: 16, learningRate: 0.01, ...change });

/** A signal that aborts after so many steps. */
function after(steps: number): Pick<TrainOptions, 'signal' | 'onStep'> {
  const controller = new AbortController();
  let left = steps;
  const onStep = () => {
    left -= 1;
    if (left === 0) controller.abort(new Error('enough'));
  };
  return { signal: controller.signal, onStep };
}

it('learns what can be learnt', async () => {
  const { metrics, history } = await run({ training: training({ epochs: 12 }) });
  expect(metrics.accuracy).toBe(1);
  expect(metrics.attackF1).toBe(1);
  expect(metrics.rocAuc).toBe(1);
  expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
});

it('leaves the run folder of the design', async () => {
  const { folder, metrics } = await run();
  expect(folder.path).toBe(join(out, 'test', 'binary', 'dense-units=8', '1'));
  expect(readdirSync(folder.path).sort()).toEqual([
    'DONE',
    'checkpoint',
    'config.json',
    'history.jsonl',
    'metrics.json',
    'predictions.parquet',
    'scaler.json',
  ]);
  expect(folder.readHistory().map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(folder.readMetrics()).toEqual(metrics);
  const rows = await readParquet(folder.predictions);
  expect(rows['truth']).toHaveLength(data.test.rows.length);
  const { rocAuc: area } = metrics;
  const isAttack = (rows['truth'] as string[]).map((truth) => (truth === 'attack' ? 1 : 0));
  expect(rocAuc(isAttack, rows['log-odds(attack)'] as Float64Array)).toBe(area);
  const right = (rows['truth'] as string[]).filter((truth, i) => truth === rows['prediction']![i]);
  expect(right.length / data.test.rows.length).toBeCloseTo(metrics.accuracy);
  expect(checksum(readTensorFile(folder.weights).arrays)).toBe(metrics.weights);
});

it('gives the same weights for the same seed, and others for another', async () => {
  const first = await run();
  rmSync(join(out, 'test'), { recursive: true });
  const again = await run();
  const other = await run({ seed: 2 });
  expect(again.metrics.weights).toBe(first.metrics.weights);
  expect(other.metrics.weights).not.toBe(first.metrics.weights);
});

it.each([1, 2, 6, 7, 13, 17])(
  'goes on to the same bits when stopped after step %i',
  async (steps) => {
    const whole = await run();
    rmSync(join(out, 'test'), { recursive: true });
    await expect(run({}, after(steps))).rejects.toThrow('enough');
    expect(existsSync(join(whole.folder.path, 'DONE'))).toBe(false);
    const resumed = await run();
    expect(resumed.metrics.weights).toBe(whole.metrics.weights);
    const untimed = ({ history }: Run) => history.map((record) => ({ ...record, seconds: 0 }));
    expect(untimed(resumed)).toEqual(untimed(whole));
  },
);

it('goes on to the same bits from a checkpoint within an epoch, with batch normalisation', async () => {
  const config = { model: 'res-1dcnn-lstm', options: { width: 2, blocks: ['block1', 'block2'] } };
  const twoEpochs = { ...config, training: training({ epochs: 2 }) };
  const whole = await run(twoEpochs);
  rmSync(join(out, 'test'), { recursive: true });
  await expect(run(twoEpochs, { ...after(4), checkpointSeconds: 0 })).rejects.toThrow('enough');
  const resumed = await run(twoEpochs);
  expect(resumed.metrics.weights).toBe(whole.metrics.weights);
});

it('skips a run that is done', async () => {
  const first = await run();
  const onStep = jest.fn();
  const again = await run({}, { onStep });
  expect(again.skipped).toBe(true);
  expect(onStep).not.toHaveBeenCalled();
  expect(again.metrics).toEqual(first.metrics);
});

it('refuses a folder with another configuration, and names the difference', async () => {
  await run();
  await expect(run({ training: training({ epochs: 2 }) })).rejects.toThrow(
    /holds a run with epochs 3, not 2; choose another --out/,
  );
  await expect(run({ training: training({ epochs: 4, batchSize: 8 }) })).rejects.toThrow(
    /epochs 3, not 4 and batchSize 16, not 8/,
  );
  await expect(run({ data: { ...tinySpec, seed: 9 } })).rejects.toThrow(/dataSeed 1, not 9/);
  await expect(run({ checksum: 'changed' })).rejects.toThrow(/other rows \(their checksum differs/);
});

describe('more epochs of a run', () => {
  const untimed = ({ history }: Run) => history.map((record) => ({ ...record, seconds: 0 }));
  const step = { kind: 'step', every: 2, factor: 0.5 };

  it.each([
    ['finished', {}, undefined],
    ['finished, with a rate that falls in steps', { schedule: step }, undefined],
    ['interrupted', {}, 8],
    ['stopped early', { validation: 0.2, earlyStopping: { patience: 50 } }, undefined],
  ])('go on to what as many at once give: %s', async (_, change, stop) => {
    const whole = await run({ training: training({ ...change, epochs: 5 }) });
    rmSync(join(out, 'test'), { recursive: true });
    const short = run({ training: training(change) }, stop === undefined ? {} : after(stop));
    await (stop === undefined ? short : expect(short).rejects.toThrow('enough'));
    const onEpoch = jest.fn();
    const longer = await run({ training: training({ ...change, epochs: 5 }) }, { onEpoch });
    expect(onEpoch.mock.calls.length).toBeLessThan(5);
    expect(longer.skipped).toBe(false);
    expect(longer.metrics.weights).toBe(whole.metrics.weights);
    expect(untimed(longer)).toEqual(untimed(whole));
    expect(longer.folder.readConfig().training.epochs).toBe(5);
    expect((await run({ training: training({ ...change, epochs: 5 }) })).skipped).toBe(true);
  });

  it('are refused where the learning rate follows from their number', async () => {
    const cosine = { kind: 'cosine', floor: 0 };
    const { folder } = await run({ training: training({ schedule: cosine }) });
    await expect(run({ training: training({ schedule: cosine, epochs: 5 }) })).rejects.toThrow(
      /epochs 3, not 5; .*its learning rate falls as a cosine over 3 epochs, .*--schedule constant/,
    );
    expect(folder.isDone).toBe(true);
  });
});

it('says which file is damaged', async () => {
  const { folder } = await run();
  writeFileSync(join(folder.path, 'metrics.json'), '{"epochs": 3');
  await expect(run()).rejects.toThrow(/^Cannot read .*metrics\.json: .*delete the folder/);
  await expect(run({ seed: 3 }, after(7))).rejects.toThrow('enough');
  const { lastCheckpoint } = new RunFolder(join(out, 'test', 'binary', 'dense-units=8', '3'));
  writeFileSync(lastCheckpoint, readFileSync(lastCheckpoint).subarray(0, 900));
  await expect(run({ seed: 3 })).rejects.toThrow(/^Cannot read the checkpoint .*cut short/);
});

it('refuses a checkpoint of another model', async () => {
  await expect(run({ seed: 3 }, after(7))).rejects.toThrow('enough');
  const folder = new RunFolder(join(out, 'test', 'binary', 'dense-units=8', '3'));
  const config = folder.readConfig();
  folder.writeConfig({ ...config, options: { units: [9] } });
  await expect(run({ seed: 3, variant: 'dense-units=8', options: { units: [9] } })).rejects.toThrow(
    /expected the weight ".*" with shape \[115, 9\], got \[115, 8\]/,
  );
});

it('refuses training rows of a single class', async () => {
  const [benign] = tinySource.files;
  const source = { ...tinySource, files: [benign!], rows: 40 };
  const single = await prepareData(source, tinySpec);
  await expect(train(tinyConfig(), single, { out })).rejects.toThrow(
    /only rows of class benign; the binary task needs two/,
  );
});

it('stops early and keeps the best weights', async () => {
  const early = training({
    epochs: 40,
    validation: 0.2,
    earlyStopping: { patience: 2 },
    learningRate: 1,
  });
  const { history, metrics, folder } = await run({ training: early });
  expect(history.length).toBeLessThan(40);
  const losses = history.map(({ validationLoss }) => validationLoss);
  expect(history.length - 1 - losses.indexOf(Math.min(...losses))).toBe(2);
  expect(checksum(readTensorFile(folder.weights).arrays)).toBe(metrics.weights);
  expect(() => training({ earlyStopping: { patience: 2 } })).toThrow(/set validation/);
});

it('says that it diverged', async () => {
  const wild = { training: training({ learningRate: 1e38 }) };
  await expect(run(wild)).rejects.toThrow(/^Training dense diverged: .*at epoch \d, step \d/);
});

it('says that it diverged in the very last step, and leaves no finished run', async () => {
  const last = { training: training({ learningRate: 1e38, epochs: 1, batchSize: 1000 }) };
  await expect(run(last)).rejects.toThrow(
    /^Training dense diverged: .* after epoch 1; use a learning/,
  );
  const folder = new RunFolder(join(out, 'test', 'binary', 'dense-units=8', '1'));
  expect([folder.isDone, existsSync(join(folder.path, 'metrics.json'))]).toEqual([false, false]);
  await expect(run(last)).rejects.toThrow(/^Training dense diverged/);
});

it('writes nothing for a network or a batch that cannot be held in memory', async () => {
  await expect(run({ options: { units: [1e9] } })).rejects.toThrow(
    /^Cannot build dense with these options: it would have .* weights or more, .*make it smaller\.$/,
  );
  expect(readdirSync(out)).toEqual([]);
});

it.each([
  'Cannot allocate an array of 1.29 GiB: 2.81 GiB are in use, and WebAssembly ends at 4 GiB.',
  'Array buffer allocation failed',
  'Invalid typed array length: 9000000000',
])('says what to do where memory ends: %s', async (message) => {
  const onStep = () => {
    throw new RangeError(message);
  };
  const failed = run({}, { onStep });
  await expect(failed).rejects.toThrow(InputError);
  await expect(failed).rejects.toThrow(
    /^Cannot train dense with batches of 16 rows: .*smaller, or use another --engine\.$/,
  );
  const bug = () => {
    throw new RangeError('a bug');
  };
  await expect(run({}, { onStep: bug })).rejects.toThrow(/^a bug$/);
});

it('keeps no tensors behind', async () => {
  await run({ seed: 5 });
  const { numTensors } = tf.memory();
  await run({ seed: 6 });
  expect(tf.memory().numTensors).toBe(numTensors);
});
