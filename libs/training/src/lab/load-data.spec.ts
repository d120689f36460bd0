import { FEATURE_NAMES, Table } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { forTask } from '../task-data';
import { tinySource, tinySpec } from '../tiny-data.fixture.spec';
import { prepareData } from '../prepare-data';
import { loadData } from './load-data';
import { tinyTable } from './tiny-table.fixture.spec';

let table: Table;
beforeAll(async () => {
  table = await tinyTable();
});

it('prepares the rows of a table as those of a source, and says what they are', async () => {
  const data = await loadData(table, { name: 'mine', synthetic: true });
  const prepared = await prepareData(tinySource, tinySpec);
  expect(data.checksum).toBe(prepared.checksum);
  expect([data.train.x, data.test.rows]).toEqual([prepared.train.x, prepared.test.rows]);
  expect(data).toMatchObject({ synthetic: true, mark: 'synthetic data' });
  expect(data.spec.source).toEqual({ kind: 'table', name: 'mine' });
  expect(await loadData(table)).toMatchObject({ synthetic: false, mark: 'recorded data' });
});

it('has the rows as they are beside those that are scaled', async () => {
  const { sampled, table: read, train } = await loadData(table);
  expect(sampled.features).toEqual(table.features);
  const [row] = train.rows;
  const place = read.columns.indexOf('MI_dir_L5_mean');
  expect(read.features[row! * 115 + place]).toBe(table.features[row! * 115 + place]);
  expect(train.x[place]).not.toBe(Math.fround(read.features[row! * 115 + place]!));
});

it('prepares data again in another way, and leaves the rest as it was', async () => {
  const data = await loadData(table, { rows: 60, seed: 3, scaler: 'standard' });
  const again = await loadData(data, { scaler: 'log' });
  expect(again.spec).toEqual({ ...data.spec, scaler: 'log' });
  expect(again.checksum).toBe(data.checksum);
  expect(again.train.rows).toEqual(data.train.rows);
  expect(again.train.x).not.toEqual(data.train.x);
  expect((await loadData(data, { fraction: 1 })).sampled.rows).toBe(120);
  expect((await loadData(data, { seed: 4 })).checksum).not.toBe(data.checksum);
});

it('has the columns that are named alone, in their order', async () => {
  const columns = [...FEATURE_NAMES].reverse().slice(0, 40);
  const [data, usual] = [await loadData(table, { columns }), await loadData(table)];
  expect(data.spec.columns).toEqual(columns);
  expect(data.table.columns).toEqual(columns);
  expect(forTask(data, 'binary').features).toBe(40);
  const at = (of: typeof data, i: number, name: string) =>
    of.train.x[i * of.table.columns.length + of.table.columns.indexOf(name)];
  for (const name of columns) expect(at(data, 7, name)).toBe(at(usual, 7, name));
  expect(data.checksum).not.toBe(usual.checksum);
});

it('has every so many-th row of each side alone, and scales by those', async () => {
  const [some, all] = [await loadData(table, { every: 4 }), await loadData(table)];
  const fourth = (rows: Uint32Array) => rows.filter((_, i) => i % 4 === 0);
  expect(some.train.rows).toEqual(fourth(all.train.rows));
  expect(some.test.rows).toEqual(fourth(all.test.rows));
  expect(some.checksum).toBe(all.checksum);
  expect(some.split.description).toMatch(/; of each side one row in 4$/);
  expect(some.scaler.parameters).not.toEqual(all.scaler.parameters);
});

it('leaves what is not asked for out of what a run remembers', async () => {
  const { spec } = await loadData(table);
  expect(Object.keys(spec)).not.toEqual(expect.arrayContaining(['columns']));
  expect(Object.keys(spec)).not.toEqual(expect.arrayContaining(['every']));
});

it.each<[Record<string, unknown>, string]>([
  [{ scalar: 'log' }, 'Unknown option "scalar": expected one of'],
  [{ scaler: 'logs' }, 'Cannot load data with scaler "logs": expected one of'],
  [{ every: 0 }, 'Cannot load data with every 0: expected a whole number'],
  [{ rows: 0 }, 'Cannot load data with sample'],
  [{ rows: 10, fraction: 0.5 }, 'by rows and by a fraction at once'],
  [{ columns: ['MI_dir_L5_man'] }, 'did you mean "MI_dir_L5_mean"?'],
  [
    { columns: ['MI_dir_L5_mean', 'MI_dir_L5_mean'] },
    'Cannot read the column MI_dir_L5_mean twice',
  ],
])('refuses %j', async (options, sentence) => {
  const loading = loadData(table, options);
  await expect(loading).rejects.toThrow(sentence);
  await expect(loading).rejects.toThrow(InputError);
});

it('refuses a frame, and what is said of a table where none is', async () => {
  const frame = table.take([0]).toFrame();
  await expect(loadData(frame as never)).rejects.toThrow(
    /make a table of it first, Table\.fromFrame/,
  );
  await expect(loadData('/data', { synthetic: true })).rejects.toThrow(
    'Cannot load data with synthetic: only a table does not say that of itself; leave it out.',
  );
});

it('says which folder is not there', async () => {
  await expect(loadData('/no/such/folder')).rejects.toThrow(/Cannot read \/no\/such\/folder/);
});
