import fs from 'node:fs';
import path from 'node:path';
import { FEATURE_NAMES } from '@botlab/traffic';
import { temporaryFolder } from '../csv-folder.fixture.spec';
import { readParquet } from '../parquet';
import { GROUP_ROWS } from './group-rows';
import { ParquetSink } from './parquet-sink';

const WIDTH = FEATURE_NAMES.length;
const file = path.join(temporaryFolder(), 'rows.parquet');

/** Writes rows, and returns the bytes of the file. */
async function write(rows: Float64Array, threads?: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const sink = new ParquetSink((bytes) => void pieces.push(Buffer.from(bytes)), threads);
  for (let at = 0; at < rows.length; at += sink.batchRows * WIDTH)
    await sink.write(rows.slice(at, at + sink.batchRows * WIDTH));
  await sink.end();
  return Buffer.concat(pieces);
}

/** Rows whose columns each have another number of distinct values. */
function rowsOf(count: number): Float64Array {
  const odd = [
    5e-324,
    -1.7976931348623157e308,
    1e21,
    0.1,
    1505661693.000001,
    1 / 3,
    NaN,
    -Infinity,
  ];
  const distinct = [1, 2, 8, 255, 256, 257, 1000, GROUP_ROWS / 4, GROUP_ROWS / 4 + 1, GROUP_ROWS];
  return Float64Array.from({ length: count * WIDTH }, (_, i) => {
    const [row, column] = [Math.floor(i / WIDTH), i % WIDTH];
    const value = (row * 7919) % distinct[column % distinct.length]!;
    return value < odd.length ? odd[value]! : value / 3;
  });
}

/** Reads a file with DuckDB, row-major. */
async function read(bytes: Buffer): Promise<Float64Array> {
  fs.writeFileSync(file, bytes);
  const columns = await readParquet(file);
  expect(Object.keys(columns)).toEqual(FEATURE_NAMES);
  const all = Object.values(columns) as Float64Array[];
  expect(all.every((column) => column instanceof Float64Array)).toBe(true);
  return Float64Array.from(
    { length: all[0]!.length * WIDTH },
    (_, i) => all[i % WIDTH]![Math.floor(i / WIDTH)]!,
  );
}

it.each([1, 7, 8, 9, GROUP_ROWS - 1, GROUP_ROWS, GROUP_ROWS + 1, 2 * GROUP_ROWS + 13])(
  'keeps every bit and the order of %d rows',
  async (count) => {
    const rows = rowsOf(count);
    const found = await read(await write(rows, 0));
    expect(found).toHaveLength(rows.length);
    expect(found.findIndex((value, i) => !Object.is(value, rows[i]))).toBe(-1);
  },
);

it('writes the same on any number of threads', async () => {
  const rows = rowsOf(4 * GROUP_ROWS + 5);
  const [alone, ...beside] = [await write(rows, 0), await write(rows, 1), await write(rows, 3)];
  for (const bytes of beside) expect(bytes.equals(alone)).toBe(true);
});

it('writes -0 as 0', async () => {
  const found = await read(await write(new Float64Array(8 * WIDTH).fill(-0), 0));
  expect(found.every((value) => Object.is(value, 0))).toBe(true);
});

it('takes less room where values recur', async () => {
  const size = async (distinct: number): Promise<number> => {
    const rows = Float64Array.from(
      { length: GROUP_ROWS * WIDTH },
      (_, i) => Math.floor(i / WIDTH) % distinct,
    );
    return (await write(rows, 0)).length / rows.length;
  };
  expect(await size(1)).toBeLessThan(0.03);
  expect(await size(200)).toBeLessThan(1.3);
  expect(await size(1000)).toBeLessThan(3.1);
  expect(await size(GROUP_ROWS)).toBeLessThan(8.03);
});

it('writes a file without rows', async () => {
  expect(await read(await write(new Float64Array(0)))).toHaveLength(0);
});

it('tells what ails who takes its bytes', async () => {
  const sink = new ParquetSink(() => {
    throw new Error('full');
  });
  await expect(sink.write(rowsOf(5) as Float64Array<ArrayBuffer>)).rejects.toThrow('full');
  await sink.stop();
});
