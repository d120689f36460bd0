import fs from 'node:fs';
import path from 'node:path';
import { messageOf, temporaryFolder } from './csv-folder.fixture.spec';
import { withDuckDB } from './duckdb';
import { readParquet, writeParquet } from './parquet';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder, name);

describe('parquet', () => {
  it('gives back values, types, names and order', async () => {
    const columns = {
      row: Int32Array.of(-1, 2 ** 31 - 1, 0),
      'p "0"': Float32Array.of(0.1, NaN, -Infinity),
      exact: Float64Array.of(0.1, 1e300, -0),
      label: Uint8Array.of(0, 255, 7),
      file: ['Danmini_Doorbell/benign_traffic.csv', '', "it's ü"],
    };
    fs.mkdirSync(at('seed=1'));
    await writeParquet(at('seed=1/a.parquet'), columns);
    const read = await readParquet(at('seed=1/a.parquet'));
    expect(read).toEqual(columns);
    expect(Object.keys(read)).toEqual(Object.keys(columns));
  });

  it('keeps the order of many rows, quickly', async () => {
    const rows = 100_001;
    const row = new Int32Array(rows).map((_, i) => (i * 7919) % rows);
    const file = Array.from(row, (i) => `file ${i % 89}`);
    const started = Date.now();
    await writeParquet(at('b.parquet'), { row, file });
    const read = await readParquet(at('b.parquet'));
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(read['row']).toEqual(row);
    expect(read['file']).toEqual(file);
  });

  it('writes over what was there, and a file without rows', async () => {
    await writeParquet(at('c.parquet'), { a: Int32Array.of(1), b: ['x'] });
    await writeParquet(at('c.parquet'), { a: new Int32Array(), b: [] });
    expect(await readParquet(at('c.parquet'))).toEqual({ a: new Int32Array(), b: [] });
  });

  it('refuses columns of different lengths, and none', async () => {
    const path = at('d.parquet');
    await expect(writeParquet(path, { a: ['x'], b: [] })).rejects.toThrow(RangeError);
    await expect(writeParquet(path, {})).rejects.toThrow(RangeError);
    expect(fs.existsSync(path)).toBe(false);
  });

  it('says why a file cannot be written or read', async () => {
    expect(await messageOf(writeParquet(at('no/e.parquet'), { a: ['x'] }))).toBe(
      `InputError: Cannot write ${at('no/e.parquet')}: it does not exist; check the path.`,
    );
    expect(await messageOf(readParquet(at('f.parquet')))).toBe(
      `InputError: Cannot read ${at('f.parquet')}: it does not exist; check the path.`,
    );
  });

  it('refuses damaged files', async () => {
    await writeParquet(at('g.parquet'), { a: new Int32Array(5000).map((_, i) => i * i) });
    const whole = fs.readFileSync(at('g.parquet'));
    for (const bytes of [
      whole.subarray(0, whole.length - 20),
      Buffer.from('text'),
      Buffer.alloc(0),
    ]) {
      fs.writeFileSync(at('g.parquet'), bytes);
      const message = await messageOf(readParquet(at('g.parquet')));
      expect(message).toContain(
        `InputError: Cannot read ${at('g.parquet')}: it is damaged or not a parquet file (`,
      );
      expect(message).toMatch(/; remove it and run again what wrote it\.$/);
      expect(message).not.toMatch(/\n/);
    }
  });

  it('refuses types that it does not write, and nulls', async () => {
    await withDuckDB(async (connection) => {
      const path = at('h.parquet').replaceAll("'", "''");
      await connection.run(`COPY (SELECT 1::BIGINT AS big) TO '${path}' (FORMAT parquet)`);
      expect(await messageOf(readParquet(at('h.parquet')))).toContain(
        'column big is of type BIGINT',
      );
      await connection.run(`COPY (SELECT NULL::INTEGER AS gap) TO '${path}' (FORMAT parquet)`);
      expect(await messageOf(readParquet(at('h.parquet')))).toContain(
        'its column gap has no value in row 1',
      );
    });
  });
});
