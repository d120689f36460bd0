import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningEngine, useEngine } from '@botlab/engine';
import { prepareData } from '../prepare-data';
import { Hyperparameters } from '../run-config';
import { RunFolder } from '../run-folder';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from '../tiny-data.fixture.spec';
import { train } from '../train';
import { readFacts } from './experiment-folder';
import { readTable1 } from './read-table1';
import { type PlanRequest, runPlan } from './run-plan';
import type { Variant } from './variant-schema';

const training = Hyperparameters.parse({ epochs: 1, batchSize: 16 });
const dense: Variant = { id: 'dense', model: 'dense', options: { units: [8] } };
const request: PlanRequest = {
  experiment: 'planned',
  profile: 'quick',
  variants: [dense],
  tasks: ['binary'],
  seeds: [1],
  resample: false,
  data: tinySpec,
  training,
  transfer: [],
};
let engine: RunningEngine;
let out: string;
beforeAll(async () => (engine = await useEngine('reference')));
beforeEach(() => (out = temporaryFolder()));
afterEach(() => rmSync(out, { recursive: true }));

const run = (change: Partial<PlanRequest>, source = tinySource) =>
  runPlan(source, { ...request, ...change }, engine, { out });

it('gives each variant its rows, training, tasks and seeds, and the rows their bounds', async () => {
  const folder = await run({
    variants: [
      dense,
      { ...dense, id: 'dense-by-min-max', data: { scaler: 'min-max' }, seeds: [4, 5] },
      { ...dense, id: 'dense-twice', training: { epochs: 2 }, tasks: ['multiclass'] },
    ],
  });
  const { rows, sets } = readTable1(folder);
  expect(
    rows.map(({ variant, task, seed, epochs, set }) => [variant, task, seed, epochs, set]),
  ).toEqual([
    ['dense', 'binary', 1, 1, 0],
    ['dense-by-min-max', 'binary', 4, 1, 1],
    ['dense-by-min-max', 'binary', 5, 1, 1],
    ['dense-twice', 'multiclass', 1, 2, 0],
  ]);
  expect(sets.map(({ data }) => data.scaler)).toEqual([tinySpec.scaler, 'min-max']);
  expect(rows.at(-1)!.title).toBe('Dense (units=8, epochs=2)');
  const { plan } = readFacts(folder);
  expect(plan.variants.map(({ id }) => id)).toEqual(['dense', 'dense-by-min-max', 'dense-twice']);
});

it('draws rows, split and weights by each seed where it resamples, and else the same rows', async () => {
  const part = { data: { ...tinySpec, sample: { rows: 60 } }, seeds: [1, 2, 3] };
  const anew = readTable1(await run({ ...part, resample: true, experiment: 'anew' }));
  expect(anew.rows.map(({ set }) => anew.sets[set]!.data.seed)).toEqual([1, 2, 3]);
  expect(new Set(anew.sets.map(({ data }) => data.checksum)).size).toBe(3);
  const same = readTable1(await run({ ...part, experiment: 'same' }));
  expect(same.sets).toHaveLength(1);
  expect(same.rows.map(({ set }) => set)).toEqual([0, 0, 0]);
});

it('goes on with more seeds that draw their rows, and refuses rows of another source', async () => {
  const part = { data: { ...tinySpec, sample: { rows: 60 } }, resample: true };
  await run({ ...part, seeds: [2] });
  const folder = await run({ ...part, seeds: [3] });
  expect(readTable1(folder).rows.map(({ seed }) => seed)).toEqual([2, 3]);
  const changed = { ...tinySource, read: jest.fn() };
  changed.read.mockImplementation(async (...args: Parameters<typeof tinySource.read>) => {
    const table = await tinySource.read(...args);
    table.features[0] = 99;
    return table;
  });
  await expect(run({ ...part, seeds: [4] }, changed)).rejects.toThrow(/other rows/);
  await expect(run({ ...part, resample: false, seeds: [4] })).rejects.toThrow(/resample/);
});

it.each<[string, Variant[], RegExp]>([
  ['an id twice', [dense, dense], /"dense" is there twice/],
  ['ids that differ in capitals', [dense, { ...dense, id: 'Dense' }], /one folder where capitals/],
  ['an id that is no folder', [{ ...dense, id: 'a/b' }], /Cannot name a variant "a\/b"/],
  ['an unknown model', [{ ...dense, model: 'densee' }], /did you mean "dense"/],
  ['an unknown option', [{ ...dense, options: { unit: [8] } }], /did you mean "units"/],
  [
    'a task that it cannot do',
    [{ id: 'i', model: 'isolation-forest', options: {}, tasks: ['multiclass'] }],
    /Cannot train isolation-forest on the multiclass task/,
  ],
  [
    'training that does not go together',
    [{ ...dense, training: { earlyStopping: { patience: 2 } } }],
    /Cannot train dense with earlyStopping \{"patience":\d+\}: needs rows to watch/,
  ],
  ['no variant', [], /at least one variant/],
])('refuses variants with %s before it reads any data', async (_, variants, why) => {
  const source = { ...tinySource, read: jest.fn() };
  await expect(run({ variants }, source)).rejects.toThrow(why);
  expect(source.read).not.toHaveBeenCalled();
  expect(readdirSync(out)).toEqual([]);
});

it('refuses a split that cannot be before the first run of another variant', async () => {
  const byDevice: Variant = { ...dense, id: 'by-device', data: { split: 'device' } };
  await expect(run({ variants: [dense, byDevice] })).rejects.toThrow(/Cannot split .*device/);
  expect(readdirSync(out)).toEqual([]);
});

it('refuses a variant of a name that has another meaning in its folder', async () => {
  const folder = await run({});
  const other = { ...dense, options: { units: [9] } };
  await expect(run({ variants: [other] })).rejects.toThrow(
    /its runs have a variant dense with options .*, not .*9/,
  );
  const data = await prepareData(tinySource, tinySpec);
  const config = { experiment: 'planned', checksum: data.checksum, training, variant: 'dense' };
  await expect(
    train(tinyConfig({ ...config, seed: 3, options: { units: [9] } }), data, { out }),
  ).rejects.toThrow(/Cannot train in .*planned: .*units \[9\], not \[8\]/);
  expect(existsSync(join(folder, 'binary', 'dense', '3'))).toBe(false);
});

it('scores finished runs on other rows once, and keeps that beside the run', async () => {
  const spec = { kind: 'csv', folder: '/elsewhere' } as const;
  const transfer = [{ name: 'elsewhere', source: spec }];
  const open = jest.fn(() => Promise.resolve(tinySource));
  const options = { out, open };
  const folder = await runPlan(tinySource, { ...request, transfer }, engine, options);
  const [row] = readTable1(folder).rows;
  expect(row!.transfer!['elsewhere']).toMatchObject({ synthetic: true, accuracy: row!.accuracy });
  const file = join(
    new RunFolder(join(folder, 'binary', 'dense', '1')).path,
    'transfer-elsewhere.json',
  );
  expect(existsSync(file)).toBe(true);
  expect(open).toHaveBeenCalledWith(spec);
  const other = { name: 'elsewhere', source: { kind: 'csv', folder: '/moved' } } as const;
  await expect(
    runPlan(tinySource, { ...request, transfer: [other] }, engine, options),
  ).rejects.toThrow(/other rows under the name elsewhere \(\/elsewhere, not \/moved\)/);
  await expect(
    runPlan(tinySource, { ...request, transfer: [...transfer, other] }, engine, options),
  ).rejects.toThrow(/two folders under the name elsewhere/);
});
