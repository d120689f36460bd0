import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mcNemar } from '@botlab/metrics';
import { writePredictions } from '../predictions-file';
import { RunFolder } from '../run-folder';
import { temporaryFolder } from '../tiny-data.fixture.spec';
import { compareRuns } from './comparisons';
import type { Table1, Table1Row } from './read-table1';
import { table1Cells } from './table1-text';
import { halvesOf } from './table1-half';

const CLASSES = ['benign', 'attack'];
const ROWS = 100;
let experiment: string;
beforeEach(() => (experiment = temporaryFolder()));
afterEach(() => rmSync(experiment, { recursive: true }));

/** A run that is wrong on so many rows, beginning with a certain one; on other rows than the others, where asked. */
async function run(variant: string, seed: number, wrong: number, from = 0, start = 0) {
  const { path, predictions } = new RunFolder(join(experiment, 'binary', variant, String(seed)));
  const row = Uint32Array.from({ length: ROWS }, (_, i) => start + i);
  const truth = Uint8Array.from(row, (i) => i % 2);
  const labels = truth.map((label, i) => (i >= from && i < from + wrong ? 1 - label : label));
  const table = {
    file: new Uint16Array(ROWS),
    files: [{ name: 'a.csv', device: 'a', label: 0, rows: ROWS }],
    row,
  };
  const rows = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const logits = Float32Array.from({ length: 2 * ROWS }, () => 0.5);
  new RunFolder(path).finish();
  await writePredictions(predictions, { table, rows, truth }, { logits, labels }, CLASSES);
  return {
    ...{ model: variant, variant, title: variant, task: 'binary', seed, split: 'row' },
    ...{ scaler: 'log', set: 0, testRows: ROWS, accuracy: 1 - wrong / ROWS, facts: {} },
    ...{ estimator: 'rule', seconds: 0, macroF1: 1, weightedF1: 1 },
  } as Table1Row;
}

const bound = { accuracy: 1, macroF1: 1, exact: true };
const tableOf = (rows: readonly Table1Row[], resample = false) => {
  const data = { trainRows: 400, testRows: ROWS, scaler: 'log', synthetic: false };
  const set = { data, ceiling: { binary: bound, multiclass: bound } };
  return { ...set, sets: [set], rows, resample } as unknown as Table1;
};

it('tells one seed apart by McNemar, corrected for all pairs, and marks what is not', async () => {
  const rows = [await run('a', 1, 10), await run('b', 1, 12), await run('c', 1, 40)];
  const table = tableOf(rows);
  const [half] = await compareRuns(experiment, table);
  expect(half).toMatchObject({ task: 'binary', split: 'row', best: ['a'] });
  const [b, c] = half!.others;
  expect(b).toEqual({
    variant: 'b',
    difference: expect.closeTo(0.02, 12) as number,
    p: expect.closeTo(0.5, 12) as number,
    test: 'mcnemar',
  });
  const hits = (wrong: number) => Array.from({ length: ROWS }, (_, i) => (i < wrong ? 0 : 1));
  expect(c!.p! / mcNemar(hits(10), hits(40)).p).toBeCloseTo(3, 12); // the smallest of three pairs
  const cells = table1Cells({ ...table, comparisons: [half!] }, halvesOf(table)[0]!);
  expect(cells.rows.map(([name, accuracy]) => [name, accuracy])).toEqual([
    ['a', '90.0'],
    ['b', '≈ 88.0'],
    ['c', '60.0'],
    ['ceiling', '100.0'],
  ]);
});

it('does not depend on the order of rows where two are best', async () => {
  const rows = [
    await run('a', 1, 10, 0),
    await run('b', 1, 10, 90),
    await run('c', 1, 22, 0),
    await run('d', 1, 22, 78),
  ];
  const forwards = (await compareRuns(experiment, tableOf(rows)))[0]!;
  const backwards = (await compareRuns(experiment, tableOf([...rows].reverse())))[0]!;
  expect([...forwards.best].sort()).toEqual(['a', 'b']);
  expect([...backwards.best].sort()).toEqual(['a', 'b']);
  const byName = ({ others }: typeof forwards) =>
    Object.fromEntries(others.map(({ variant, p }) => [variant, p]));
  expect(byName(forwards)).toEqual(byName(backwards));
  // c errs where a does and more: the other best one is harder to tell from it.
  expect(byName(forwards)['c']).toBeGreaterThan(0.05);
});

it('covers seeds where there are several, and rows that each drew', async () => {
  const rows: Table1Row[] = [];
  for (const seed of [1, 2, 3]) {
    rows.push(await run('a', seed, 5 + seed, 0), await run('b', seed, 5 + 9 * seed, 0));
  }
  const same = await compareRuns(experiment, tableOf(rows));
  expect(same[0]!.others[0]).toMatchObject({ variant: 'b', test: 'min-f' });
  const anew = await compareRuns(experiment, tableOf(rows, true));
  expect(anew[0]!.others[0]).toMatchObject({ variant: 'b', test: 'resampled' });
  for (const [half] of [same, anew]) expect(half!.others[0]!.difference).toBeCloseTo(0.16, 12);
});

it('compares nothing on other rows, nor without predictions', async () => {
  const rows = [await run('a', 1, 10), await run('b', 1, 40, 0, 7), await run('c', 1, 50)];
  rmSync(new RunFolder(join(experiment, 'binary', 'c', '1')).predictions);
  const [half] = await compareRuns(experiment, tableOf(rows));
  expect(half!.others.map(({ variant, p }) => [variant, p])).toEqual([
    ['b', undefined],
    ['c', undefined],
  ]);
});
