import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningEngine, useEngine } from '@botlab/engine';
import { prepareData } from '../prepare-data';
import { getProfile } from '../profile';
import { Hyperparameters } from '../run-config';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from '../tiny-data.fixture.spec';
import { train } from '../train';
import type { ExperimentFacts } from './experiment-facts';
import { readTable1 } from './read-table1';
import { runTable1, type Table1Plan } from './table1';

const plan: Table1Plan = {
  profile: getProfile('quick'),
  models: ['dense'],
  tasks: ['binary'],
  seeds: [1],
  data: tinySpec,
  training: Hyperparameters.parse({ epochs: 1, batchSize: 16 }),
  experiment: 'shared',
};
let engine: RunningEngine;
let out: string;
let folder: string;

beforeAll(async () => {
  engine = await useEngine('reference');
});
beforeEach(async () => {
  out = temporaryFolder();
  folder = await runTable1(tinySource, plan, engine, { out });
});
afterEach(() => rmSync(out, { recursive: true }));

/** Every file of the experiment, with its content. */
const contents = () =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'base64'));

const moreEpochs = Hyperparameters.parse({ epochs: 2, batchSize: 16 });
const changed = { ...tinySource, description: 'other rows' };
changed.read = async (...args) => {
  const table = await tinySource.read(...args);
  table.features[0] = 99;
  return table;
};

it.each<[string, Partial<Table1Plan>, typeof tinySource, RegExp]>([
  ['epochs', { training: moreEpochs }, tinySource, /its runs have epochs 1, not 2; name another/],
  ['rows', { data: { ...tinySpec, sample: { rows: 90 } } }, tinySource, /sample .*, not .*90/],
  ['a seed of the rows', { data: { ...tinySpec, seed: 2 } }, tinySource, /dataSeed 1, not 2/],
  ['other data', {}, changed, /other rows \(their checksum differs\) \(.*, not other rows\)/],
])('refuses a plan with other %s before it trains or writes', async (_, change, source, why) => {
  const before = contents();
  const onRunStart = jest.fn();
  const other = { ...plan, models: ['gru', 'dense'], ...change };
  const refused = runTable1(source, other, engine, { out, onRunStart });
  await expect(refused).rejects.toThrow(why);
  await expect(refused).rejects.toThrow(/--experiment NAME, or another folder with --out DIR\.$/);
  expect(onRunStart).not.toHaveBeenCalled();
  expect(contents()).toEqual(before);
});

it('takes more models, tasks and seeds of the same plan into the same table', async () => {
  const more = { ...plan, models: ['dense', 'cnn1d'], seeds: [1, 2] };
  expect(await runTable1(tinySource, more, engine, { out })).toBe(folder);
  expect(readTable1(folder).rows.map(({ model, seed }) => `${model} ${seed}`)).toEqual([
    'dense 1',
    'dense 2',
    'cnn1d 1',
    'cnn1d 2',
  ]);
});

it('takes a single run that differs in model, options and seed alone, and refuses one of another plan', async () => {
  const data = await prepareData(tinySource, tinySpec);
  const { checksum } = data;
  const { training } = plan;
  const add = (change: object) =>
    train(tinyConfig({ experiment: 'shared', checksum, training, ...change }), data, { out });
  const before = contents();
  await expect(add({ seed: 5, options: {}, training: moreEpochs })).rejects.toThrow(
    /^Cannot train in .*shared: .*epochs 2, not 1/,
  );
  await expect(add({ variant: 'dense' })).rejects.toThrow(/units \[8\], not \[64,32\]/);
  await expect(add({ variant: 'mine' })).rejects.toThrow(
    /the name mine, which is not dense-units=8/,
  );
  expect(contents()).toEqual(before);
  await add({ seed: 5, options: {} });
  await add({ seed: 1, options: { units: [8] } });
  expect(readTable1(folder).rows.map(({ variant, seed, title }) => [variant, seed, title])).toEqual(
    [
      ['dense', 1, 'Dense'],
      ['dense', 5, 'Dense'],
      ['dense-units=8', 1, 'Dense (units=8)'],
    ],
  );
});

it('makes no table with a run of another plan that was put there by hand', async () => {
  const other = { ...plan, experiment: 'other', training: moreEpochs, seeds: [7] };
  const stranger = await runTable1(tinySource, other, engine, { out });
  cpSync(join(stranger, 'binary', 'dense', '7'), join(folder, 'binary', 'dense', '7'), {
    recursive: true,
  });
  expect(() => readTable1(folder)).toThrow(
    /^Cannot make a table with .*dense.7: .*epochs 2, not 1/,
  );
});

it('finds the plan again in the runs where the facts are lost or damaged', async () => {
  const facts = join(folder, 'facts.json');
  const whole = readFileSync(facts, 'utf8');
  for (const damage of [() => rmSync(facts), () => writeFileSync(facts, whole.slice(0, 100))]) {
    damage();
    const other = { ...plan, training: moreEpochs };
    await expect(runTable1(tinySource, other, engine, { out })).rejects.toThrow(
      /^Cannot add to .*shared: .*dense.1 is a run with epochs 1, not 2/,
    );
    await runTable1(tinySource, plan, engine, { out });
    expect(readFileSync(facts, 'utf8')).toBe(whole);
  }
});

it('says of a folder without a plan that an earlier version wrote it', async () => {
  const path = join(folder, 'facts.json');
  const facts = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...facts, plan: undefined }));
  expect(() => readTable1(folder)).toThrow(/facts\.json: an earlier version wrote it/);
  await expect(runTable1(tinySource, plan, engine, { out })).rejects.toThrow(
    /^Cannot add to .*: an earlier version wrote its facts\.json.*--experiment NAME/,
  );
});

it('reads what a version wrote whose plans had no variants, and goes on in it', async () => {
  const path = join(folder, 'facts.json');
  const facts = JSON.parse(readFileSync(path, 'utf8')) as ExperimentFacts;
  const { identity, data, checksum, training } = facts.plan;
  const [{ data: rows, bounds, other }] = facts.sets as [ExperimentFacts['sets'][0]];
  const before = { plan: { identity, data, checksum, training }, profile: 'quick' };
  writeFileSync(path, JSON.stringify({ ...before, data: rows, bounds, other }));
  expect(readTable1(folder).rows.map(({ variant }) => variant)).toEqual(['dense']);
  await runTable1(tinySource, { ...plan, seeds: [2] }, engine, { out });
  expect(readTable1(folder).rows.map(({ seed }) => seed)).toEqual([1, 2]);
});
