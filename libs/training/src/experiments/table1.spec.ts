import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningEngine, useEngine } from '@botlab/engine';
import { sourceOf } from '../devices.fixture.spec';
import { getProfile } from '../profile';
import { type DataSpec, Hyperparameters } from '../run-config';
import { temporaryFolder, tinySource, tinySpec } from '../tiny-data.fixture.spec';
import { listRuns, readTable1 } from './read-table1';
import { runTable1, type Table1Plan } from './table1';
import { halvesOf } from './table1-half';
import { table1Notes } from './table1-notes';
import { table1Cells, table1Markdown } from './table1-text';

let engine: RunningEngine;
let folder: string;
const out = temporaryFolder();
const plan: Table1Plan = {
  profile: getProfile('quick'),
  models: ['gru', 'dense'],
  tasks: ['binary', 'multiclass'],
  seeds: [1, 2],
  data: tinySpec,
  training: Hyperparameters.parse({ epochs: 1, batchSize: 16 }),
};

beforeAll(async () => {
  engine = await useEngine('reference');
  folder = await runTable1(tinySource, plan, engine, { out });
});
afterAll(() => rmSync(out, { recursive: true }));

it('has a row for each run, in the order of the paper', () => {
  const { rows } = readTable1(folder);
  expect(rows.map(({ task, model, seed }) => `${task} ${model} ${seed}`)).toEqual([
    'binary dense 1',
    'binary dense 2',
    'binary gru 1',
    'binary gru 2',
    'multiclass dense 1',
    'multiclass dense 2',
    'multiclass gru 1',
    'multiclass gru 2',
  ]);
  expect(rows[0]).toMatchObject({ epochs: 1, paper: { accuracy: 0.9632, f1: 0.9576 } });
  expect(rows[0]!.attackF1).toBeDefined();
  expect(rows[4]!.attackF1).toBeUndefined();
});

it('frames the results with what the rows allow', () => {
  const { ceiling, stump, data } = readTable1(folder);
  expect(ceiling.binary).toEqual({ accuracy: 1, macroF1: 1, exact: true });
  // The two attacks of the source are the same rows under two labels.
  expect(ceiling.multiclass.accuracy).toBeLessThan(1);
  expect(stump.accuracy).toBe(1);
  expect(data).toMatchObject({ synthetic: true, rows: 120, files: 3 });
  expect(data.classes).toEqual(['benign', 'gafgyt tcp', 'gafgyt udp']);
});

it('is made from the run folders alone, and can be narrowed', () => {
  const only = readTable1(folder, { models: ['gru'], tasks: ['binary'], seeds: [2] });
  expect(only.rows).toHaveLength(1);
  expect(listRuns(folder)).toHaveLength(8);
  expect(() => readTable1(folder, { models: ['cnn1d'] })).toThrow(/no finished run/);
  expect(() => readTable1(join(out, 'absent'))).toThrow(/^Cannot read .*facts\.json/);
});

it('says what is ours, what is the paper’s and what is synthetic', () => {
  const text = table1Markdown(readTable1(folder));
  expect(text).toContain('SYNTHETIC DATA');
  expect(text).toMatch(
    /\| Dense +\| +\d+\.\d ± \d+\.\d \| +96\.32 \| +\d+\.\d ± \d+\.\d \| +95\.76 \| +\d+\.\d ± \d+\.\d \|/,
  );
  const table = readTable1(folder);
  const { columns, rows } = table1Cells(table, halvesOf(table)[0]!);
  expect(columns.slice(1)).toEqual([
    'accuracy',
    "paper's accuracy",
    'weighted F1',
    "paper's F1",
    'macro F1',
  ]);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  expect(rows.map(([name]) => name)).toEqual(['Dense', 'GRU', 'ceiling']);
  expect(text).toContain('Here 3 of the 11 classes are present');
});

it('says how many seeds each has, where not all have as many', () => {
  const table = readTable1(folder);
  expect(table1Notes(table).join('\n')).not.toContain('Seeds:');
  const rows = table.rows.filter(({ model, seed }) => model !== 'gru' || seed === 1);
  expect(table1Notes({ ...table, rows })).toContain('Seeds: 1 for GRU; 2 for the others.');
});

it('says under the table which test rows its classes leave out, and bounds it by the others', async () => {
  const devices = sourceOf(
    ['camera', 0, 20],
    ['camera', 4, 20],
    ['kettle', 0, 10],
    ['kettle', 4, 10],
    ['kettle', 5, 7],
  );
  const data: DataSpec = { ...tinySpec, split: 'device', heldOut: ['kettle'] };
  const held = { ...plan, models: ['dense'], seeds: [1], data };
  const text = (experiment: string) => table1Markdown(readTable1(experiment));
  const both = await runTable1(devices, held, engine, { out });
  expect(text(both)).toContain(
    'Multiclass: 7 of the rows to score are left out: no training row is of their class (gafgyt udp)',
  );
  const [binary, multiclass] = listRuns(both).map((run) => run.readMetrics());
  expect([binary!.rows, multiclass!.rows]).toEqual([27, 20]);
  const alone = { ...held, tasks: ['binary'] as const, experiment: 'binary-alone' };
  expect(text(await runTable1(devices, alone, engine, { out }))).not.toMatch(/ulticlass|left out/);
});

it('skips what is done', async () => {
  const skipped: boolean[] = [];
  await runTable1(tinySource, plan, engine, {
    out,
    onRunEnd: (_, run) => skipped.push(run.skipped),
  });
  expect(skipped).toEqual(Array(8).fill(true));
});

it('refuses an unknown model before it reads any data', async () => {
  const source = { ...tinySource, read: jest.fn() };
  const other = { ...plan, models: ['grv'] };
  await expect(runTable1(source, other, engine, { out })).rejects.toThrow(/did you mean "gru"/);
  expect(source.read).not.toHaveBeenCalled();
});

it('says when its facts are damaged', () => {
  const path = join(folder, 'facts.json');
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.slice(0, 100));
  expect(() => readTable1(folder)).toThrow(/facts\.json: it is damaged/);
  writeFileSync(path, whole);
});
