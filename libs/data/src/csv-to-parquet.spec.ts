import fs from 'node:fs';
import path from 'node:path';
import { FEATURE_NAMES } from '@botlab/traffic';
import { csv, temporaryFolder } from './csv-folder.fixture.spec';
import { csvToParquet } from './csv-to-parquet';
import { readParquet } from './parquet';

const folder = temporaryFolder();
const [from, to] = [path.join(folder, 'a [1].csv'), path.join(folder, 'a [1].parquet')];

it('keeps the columns, the order of rows and every bit', async () => {
  const odd = [5e-324, -1.7976931348623157e308, 1e21, 1e-7, 0.1, 1505661693.000001, 1 / 3];
  const numbers = FEATURE_NAMES.map((_, i) => odd[i % odd.length]!);
  fs.writeFileSync(from, csv(50_000) + `${numbers.join(',')}\n`);
  await csvToParquet(from, to);
  const columns = await readParquet(to);
  expect(Object.keys(columns)).toEqual(FEATURE_NAMES);
  for (const [i, column] of Object.values(columns).entries()) {
    expect(column).toBeInstanceOf(Float64Array);
    expect(column).toHaveLength(50_001);
    expect(column[50_000]).toBe(numbers[i]);
  }
  expect([...columns[FEATURE_NAMES[0]!]!.slice(0, -1)]).toEqual([...Array(50_000).keys()]);
  expect(fs.readdirSync(folder).sort()).toEqual(['a [1].csv', 'a [1].parquet']);
});

it('stops when told to', async () => {
  const stop = new AbortController();
  const conversion = csvToParquet(from, to, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 20);
  await expect(conversion).rejects.toThrow('enough');
  await expect(csvToParquet(from, to, { signal: stop.signal })).rejects.toThrow('enough');
});

it('says what cannot be read or written', async () => {
  const missing = path.join(folder, 'x', 'a.parquet');
  await expect(csvToParquet(from, missing)).rejects.toThrow(`Cannot write ${missing}: `);
  await expect(csvToParquet(`${from}.x`, to)).rejects.toThrow(
    `Cannot read ${from}.x: it does not exist; check the path.`,
  );
});
