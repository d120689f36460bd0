import { readdirSync, rmSync } from 'node:fs';
import { describeEngines, DeviceLost, type RunningEngine, useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { skipIf } from '../../../tools/testing/skip-if';
import { withoutWebGPU } from '../../../tools/testing/webgpu';
import { environmentOf } from './environment';
import { evaluateRun } from './evaluate-run';
import * as evaluation from './evaluation';
import { readTable1 } from './experiments/read-table1';
import { runTable1 } from './experiments/table1';
import { table1Notes } from './experiments/table1-notes';
import type { TrainOptions } from './train-options';
import { type PreparedData, prepareData } from './prepare-data';
import { getProfile } from './profile';
import { Hyperparameters } from './run-config';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { type Run, train } from './train';
import * as steps from './train-step';

let data: PreparedData;
let out: string;
let told: string[];
beforeEach(async () => {
  await useEngine('reference');
  data = await prepareData(tinySource, tinySpec);
  out = temporaryFolder();
  told = [];
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(out, { recursive: true });
});

const onRecovery = (sentence: string): void => void told.push(sentence);

/** Trains some epochs of six steps. */
const run = (
  experiment: string,
  engine: RunningEngine,
  options: Partial<TrainOptions> = {},
  epochs = 3,
): Promise<Run> => {
  const training = { ...tinyConfig().training, epochs };
  const environment = environmentOf(engine);
  const config = tinyConfig({ experiment, training, checksum: data.checksum, environment });
  return train(config, data, { out, onRecovery, ...options });
};

/** What is to be the same in two runs of one engine. */
const untimed = ({ history, metrics }: Run) => ({
  history: history.map((record) => ({ ...record, seconds: 0 })),
  metrics: { ...metrics, seconds: 0 },
});

const FILES = [
  'DONE',
  'checkpoint',
  'checkpoint/last.safetensors',
  'checkpoint/weights.safetensors',
  'config.json',
  'history.jsonl',
  'metrics.json',
  'predictions.parquet',
  'scaler.json',
];
const filesOf = ({ folder }: Run): string[] =>
  readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).sort();

/** Does something at the calls of a step with these numbers, of all runs together. */
function atSteps(numbers: readonly number[], act: () => void): void {
  const { trainStep } = steps;
  let calls = 0;
  jest.spyOn(steps, 'trainStep').mockImplementation((...args) => {
    calls += 1;
    if (numbers.includes(calls)) act();
    return trainStep(...args);
  });
}

/** The first engine that computes on the processor, as a run folder remembers it. */
async function firstOnProcessor(): Promise<{ name: string; text: string }> {
  const [first] = (await describeEngines()).filter(
    ({ available, runsOn }) => available && runsOn === 'processor',
  );
  const { name } = first!;
  return { name, text: `${name} (${first!.available ? first!.detail : ''})` };
}

/** As if the device of the reference engine, which has none, were lost. */
const lose = (engine = 'reference') => {
  throw new DeviceLost(engine, 'pulled out');
};

it.each([
  [undefined, 'epoch 2, step 1'],
  [0, 'epoch 2, step 4'],
])('goes on to the same bits, checkpoints every %s seconds', async (checkpointSeconds, place) => {
  const engine = await useEngine('reference');
  const whole = await run('whole', engine);
  const { numTensors } = tf.memory();
  atSteps([10], lose);
  const options = checkpointSeconds === undefined ? {} : { checkpointSeconds };
  const lost = await run('lost', engine, options);
  expect(untimed(lost)).toEqual(untimed(whole));
  expect(told).toEqual([
    `The device of the engine reference was lost (pulled out); going on from ${place} on reference.`,
  ]);
  expect(filesOf(lost)).toEqual(FILES);
  expect(lost.config).toEqual({ ...whole.config, experiment: 'lost' });
  expect(tf.memory().numTensors).toBe(numTensors);
});

it('goes on on the processor when lost twice, and says so in the run folder', async () => {
  const engine = await useEngine('reference');
  const { name, text } = await firstOnProcessor();
  atSteps([3, 12], lose);
  const engines: string[] = [];
  const lost = await run('lost', engine, {
    checkpointSeconds: 0,
    onRecovery: (sentence, next) => {
      told.push(sentence);
      engines.push(next.name);
    },
  });
  expect(told).toEqual([
    'The device of the engine reference was lost (pulled out); going on from epoch 1, step 3 on reference.',
    `The device of the engine reference was lost again (pulled out); going on from epoch 2, step 5 on ${name}.`,
  ]);
  expect(engines).toEqual(['reference', name]);
  expect(lost.metrics.accuracy).toBe(1);
  expect(lost.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(filesOf(lost)).toEqual(FILES);
  const expected = { engine: environmentOf(engine).engine, laterEngines: [text] };
  expect(lost.config.environment).toMatchObject(expected);
  expect(lost.folder.readConfig()).toEqual(lost.config);
});

it('goes on on the processor when the engine does not start again', async () => {
  const { name } = await firstOnProcessor();
  atSteps([1], () => lose('gpu'));
  const lost = await run('lost', await useEngine('reference'));
  expect(told).toEqual([
    'The device of the engine gpu was lost (pulled out) and does not start again; ' +
      `going on from epoch 1, step 1 on ${name}.`,
  ]);
  expect(filesOf(lost)).toEqual(FILES);
});

it('gives up when that is lost too', async () => {
  atSteps([1, 2, 3], lose);
  await expect(run('lost', await useEngine('reference'))).rejects.toThrow(DeviceLost);
  expect(told).toHaveLength(2);
});

it('passes other errors on', async () => {
  atSteps([4], () => {
    throw new Error('a fault');
  });
  await expect(run('fault', await useEngine('reference'))).rejects.toThrow('a fault');
  expect(told).toEqual([]);
});

it('goes on with the test rows when the training is done', async () => {
  const { predict } = evaluation;
  let calls = 0;
  jest.spyOn(evaluation, 'predict').mockImplementation((...args) => {
    calls += 1;
    return calls === 4 ? lose() : predict(...args);
  });
  const lost = await run('lost', await useEngine('reference'));
  expect(told).toEqual([
    'The device of the engine reference was lost (pulled out); going on with the test rows on reference.',
  ]);
  expect(filesOf(lost)).toEqual(FILES);
});

it('evaluates a run all the same', async () => {
  const { folder, metrics } = await run('whole', await useEngine('reference'));
  const { predict } = evaluation;
  jest
    .spyOn(evaluation, 'predict')
    .mockImplementationOnce(() => lose())
    .mockImplementationOnce(() => lose())
    .mockImplementation(predict);
  const { numTensors } = tf.memory();
  const open = () => Promise.resolve(tinySource);
  const again = await evaluateRun(folder.path, { open, onRecovery });
  expect(again.evaluation.confusion).toEqual(metrics.confusion);
  expect(told.map((sentence) => /going on (.*) on/.exec(sentence)![1])).toEqual([
    'with the rows under way',
    'with the rows under way',
  ]);
  expect(tf.memory().numTensors).toBe(numTensors);
});

it('begins the runs of Table 1 that are left on the engine that took over', async () => {
  const plan = {
    profile: getProfile('quick'),
    models: ['dense'],
    tasks: ['binary'],
    seeds: [1, 2, 3],
    data: tinySpec,
    training: Hyperparameters.parse({ epochs: 1, batchSize: 16 }),
  } as const;
  const { name, text } = await firstOnProcessor();
  const engine = await useEngine('reference');
  atSteps([8, 9], lose); // in the second run
  const runs: Run[] = [];
  const onRunEnd = (_: unknown, ended: Run) => void runs.push(ended);
  const folder = await runTable1(tinySource, plan, engine, { out, onRecovery, onRunEnd });
  const first = environmentOf(engine).engine;
  const enginesOf = ({ config: { environment } }: Run) => [
    environment.engine,
    ...(environment.laterEngines ?? []),
  ];
  expect(runs.map(enginesOf)).toEqual([[first], [first, text], [text]]);
  const table = readTable1(folder);
  expect(table.engine).toBe(`reference, ${name}`);
  expect(table1Notes(table).join('\n')).toContain(`engines reference, ${name}, seeds 1, 2, 3.`);
  expect(readTable1(folder, { seeds: [1] }).engine).toBe('reference');
});

it('notes when an interrupted run is taken up with another engine', async () => {
  atSteps([9], () => {
    throw new Error('enough');
  });
  const first = await useEngine('reference');
  await expect(run('taken up', first)).rejects.toThrow('enough');
  const second = await useEngine('wasm');
  const { folder } = await run('taken up', second);
  const { engine, laterEngines } = folder.readConfig().environment;
  expect([engine, laterEngines]).toEqual([
    environmentOf(first).engine,
    [environmentOf(second).engine],
  ]);
});

skipIf(withoutWebGPU).describe('webgpu', () => {
  const destroy = (): void =>
    (tf.backend() as unknown as { device: { destroy(): void } }).device.destroy();
  const lost = (again: string, place: string, engine: string) =>
    expect.stringMatching(
      `^The device of the engine webgpu was lost${again} \\(.+\\); going on ${place} on ${engine}\\.$`,
    ) as string;

  it('goes on to the same bits when its device is lost once, on the processor when twice', async () => {
    const engine = await useEngine('webgpu');
    const whole = await run('whole', engine, {}, 2);
    const { numTensors } = tf.memory();

    atSteps([10], destroy);
    const once = await run('once', engine, { checkpointSeconds: 0 }, 2);
    jest.restoreAllMocks();
    expect(told).toEqual([lost('', 'from epoch 2, step \\d', 'webgpu')]);
    expect(untimed(once)).toEqual(untimed(whole));
    expect(filesOf(once)).toEqual(FILES);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(once.config.environment.laterEngines).toBeUndefined();

    told = [];
    destroy();
    const open = () => Promise.resolve(tinySource);
    const { evaluation } = await evaluateRun(whole.folder.path, { open, onRecovery });
    expect(told).toEqual([lost('', 'with the rows under way', 'webgpu')]);
    expect(evaluation).toEqual(expect.objectContaining({ loss: whole.metrics.loss }));

    told = [];
    atSteps([2, 10], destroy);
    const twice = await run('twice', engine, {}, 2);
    const { name, text } = await firstOnProcessor();
    expect(told).toEqual([
      lost('', 'from epoch 1, step 1', 'webgpu'),
      lost(' again', 'from epoch \\d, step 1', name),
    ]);
    expect(twice.metrics.accuracy).toBe(whole.metrics.accuracy);
    expect(filesOf(twice)).toEqual(FILES);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(twice.config.environment.laterEngines).toEqual([text]);
  }, 300_000); // a processor that plays a graphics card is slow
});
