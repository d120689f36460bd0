import fs from 'node:fs';
import path from 'node:path';
import { skipIf } from '../../../tools/testing/skip-if';
import {
  csvSource,
  FEATURE_NAMES,
  fileTimes,
  identicalRows,
  sample,
  Scaler,
  split,
  type Table,
} from '.';

const folder = process.env['NBAIOT_DIR'];
const all = (rows: number) => new Uint32Array(rows).map((_, row) => row);
const missing =
  folder === undefined ? 'no genuine rows: set NBAIOT_DIR to a folder of N-BaIoT files' : undefined;

skipIf(missing).describe('with the real rows in NBAIOT_DIR', () => {
  let table: Table;
  beforeAll(async () => {
    const source = await csvSource(folder ?? '');
    const counts = source.files.map(({ rows }) => rows);
    table = await source.read(sample(counts, { rows: 15_000 }, 1));
  });

  it('FEATURES are the header of the published files', () => {
    const file = path.join(folder ?? '', table.files[0]?.name ?? '');
    const [header] = fs.readFileSync(file, 'utf8').split(/\r?\n/, 1);
    expect(header?.split(',')).toEqual(FEATURE_NAMES);
  });

  it('reads what the text says', () => {
    for (const [index, { name }] of table.files.entries()) {
      const lines = fs.readFileSync(path.join(folder ?? '', name), 'utf8').split('\n');
      const rows = Array.from({ length: table.rows }, (_, i) => i);
      for (const row of rows.filter((i) => table.file[i] === index).slice(0, 300)) {
        const cells = lines[(table.row[row] ?? 0) + 1]?.split(',').map(Number);
        expect([...table.features.subarray(row * 115, (row + 1) * 115)]).toEqual(cells);
      }
    }
  });

  it('MI_dir equals H in the attack files', () => {
    const first = table.label.findIndex((label) => label !== 0);
    const row = table.features.subarray(first * 115, (first + 1) * 115);
    expect(row.slice(0, 15)).toEqual(row.slice(15, 30));
  });

  it('finds twins, which a grouped split keeps together', () => {
    const { group, groups } = identicalRows(table);
    expect(groups).toBeLessThan(table.rows);
    const { train, test } = split(table, { kind: 'grouped', seed: 1 });
    const trained = new Set(Array.from(train, (row) => group[row]));
    expect(Array.from(test).some((row) => trained.has(group[row]))).toBe(false);
    // The floods of gafgyt are nearly all one group; benign rows have hardly a twin.
    const benign = (rows: Uint32Array): number => table.take(rows).classCounts()[0] ?? 0;
    expect(benign(test) / (benign(test) + benign(train))).toBeCloseTo(0.2, 2);
  });

  it('carry a clock, which two windows tell alike', async () => {
    const source = await csvSource(folder ?? '');
    for (const [place, { name, rows }] of source.files.entries()) {
      if (rows > 20_000) continue;
      const whole = await source.read(
        source.files.map((_, at) => (at === place ? all(rows) : all(0))),
      );
      const { seconds, gaps } = fileTimes(whole, place);
      expect({ name, few: gaps.length < 0.005 * rows + 3 }).toEqual({ name, few: true });
      expect([...seconds].every((time, row) => row === 0 || time >= seconds[row - 1]!)).toBe(true);
    }
  });

  it('scales to mean 0 and deviation 1', () => {
    const rows = new Uint32Array(table.rows).map((_, i) => i);
    const scaled = Scaler.fit('standard', table, rows).transform(table, rows);
    for (let column = 0; column < 115; column++) {
      const values = Array.from(rows, (row) => scaled[row * 115 + column] ?? NaN);
      const mean = values.reduce((a, b) => a + b, 0) / table.rows;
      const square = values.reduce((a, b) => a + (b - mean) ** 2, 0) / table.rows;
      expect(Math.abs(mean)).toBeLessThan(1e-4);
      // A deviation of 0 is a column that is constant in these files.
      expect(square === 0 || Math.abs(square - 1) < 1e-3).toBe(true);
    }
  });
});
