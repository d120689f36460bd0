import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { z } from 'zod';
import { defineEstimator } from './estimators/define-estimator';
import type { FitContext } from './estimators/estimator';
import { getEstimator } from './estimators/registry';
import type { TrainOptions } from './train-options';
import { type PreparedData, prepareData } from './prepare-data';
import { Hyperparameters, type RunConfig } from './run-config';
import { RunFolder } from './run-folder';
import { loadEstimator, loadRun } from './run-model';
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

const run = (change: Partial<RunConfig> = {}, options: Partial<TrainOptions> = {}): Promise<Run> =>
  train(tinyConfig({ model: 'stump', options: {}, ...change }), data, { out, ...options });

const training = (change: object) => Hyperparameters.parse({ epochs: 3, batchSize: 16, ...change });

it('begins anew where it was interrupted, and ends with the same bits', async () => {
  const whole = await run();
  rmSync(join(out, 'test'), { recursive: true });
  const controller = new AbortController();
  const onProgress = (done: number): void => {
    if (done === 5) controller.abort(new Error('enough'));
  };
  await expect(run({}, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
  const { folder } = whole;
  expect(folder.exists).toBe(true);
  expect([folder.isDone, existsSync(folder.weights)]).toEqual([false, false]);
  const again = await run();
  expect(again.skipped).toBe(false);
  expect(again.metrics.weights).toBe(whole.metrics.weights);
});

it('is the same run whatever networks of its plan are trained with', async () => {
  const first = await run({ training: training({ epochs: 3 }) });
  const other = training({ epochs: 7, batchSize: 8, learningRate: 0.5, clipNorm: 1 });
  const again = await run({ training: other });
  expect(again.skipped).toBe(true);
  expect(again.metrics).toEqual(first.metrics);
  expect(again.config.training).toEqual(other);
  await expect(run({ training: training({ validation: 0.2 }) })).rejects.toThrow(
    /holds a run with validation 0, not 0.2/,
  );
});

it('gets the rows set aside, the patience and the threads', async () => {
  const contexts: FitContext[] = [];
  const majority = getEstimator('majority') as ReturnType<typeof defineEstimator>;
  defineEstimator({
    ...{ name: 'curious', title: 'Curious', summary: 'Of a test.', kind: 'rule' },
    ...{ tasks: ['binary'], options: z.strictObject({}) },
    fit(rows, context) {
      contexts.push(context);
      return majority.fit(rows, context);
    },
    load: (file, shape) => majority.load(file, shape),
  });
  const setAside = { validation: 0.25, earlyStopping: { patience: 4 } };
  await run({ model: 'curious', training: training(setAside), seed: 5 }, { threads: 3 });
  await run({ model: 'curious', training: training({}), experiment: 'other' });
  expect(contexts[0]).toMatchObject({
    seed: 5,
    classes: 2,
    features: 115,
    patience: 4,
    threads: 3,
  });
  expect(contexts[0]!.watched!.y).toHaveLength(24); // a quarter of 96
  expect(contexts[1]).not.toHaveProperty('watched');
  expect(contexts[1]).not.toHaveProperty('patience');
});

it('is loaded as what it is, and is no network', async () => {
  const { folder } = await run();
  const { fitted, config } = await loadEstimator(folder.path);
  expect(config.kind).toBe('rule');
  expect(fitted.facts).toMatchObject({ below: expect.any(Number) as number });
  expect(() => loadRun(folder.path)).toThrow(InputError);
  expect(() => loadRun(folder.path)).toThrow(/it is a run of stump, which is none/);
});

it('has facts where those of earlier versions stood by themselves', async () => {
  const { folder, metrics } = await run({ model: 'dense', options: { units: [8] } });
  expect(metrics.facts).toEqual({ epochs: 3, params: 115 * 8 + 8 + 8 * 2 + 2 });
  expect([metrics.epochs, metrics.params]).toEqual([3, metrics.facts['params']]);
  const file = join(folder.path, 'metrics.json');
  const { facts, kind, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as typeof metrics;
  expect(kind).toBe('network');
  expect(rest).not.toHaveProperty('epochs');
  writeFileSync(file, JSON.stringify({ ...rest, ...facts })); // as they were written before
  expect(new RunFolder(folder.path).readMetrics()).toEqual(metrics);
});
