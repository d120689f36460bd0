import fs from 'node:fs';
import path from 'node:path';
import { FEATURE_NAMES } from '@botlab/traffic';
import { temporaryFolder } from './csv-folder.fixture.spec';
import { readFeatureFile, writeFeatureFile } from './feature-file';
import { readParquet } from './parquet';

const folder = temporaryFolder();
const WIDTH = FEATURE_NAMES.length;
const ROWS = 5000; // several pieces
const features = new Float64Array(ROWS * WIDTH).map((_, i) => {
  const [row, column] = [Math.floor(i / WIDTH), i % WIDTH];
  if (column < 10) return row % 7 === 0 ? -0 : 0;
  return column < 20 ? row % 3 : Math.sin(i) * 10 ** (column % 20);
});
const file = path.join(folder, 'seed=1 [0].parquet');
const bytes = ({ buffer }: Float64Array) => Buffer.from(buffer);

beforeAll(() => writeFeatureFile(file, features, "it's"));

it('gives back every bit, in order, with the note', async () => {
  const read = new Float64Array(features.length);
  const told: number[] = [];
  const note = await readFeatureFile(file, read, { onProgress: (done) => told.push(done) });
  expect(note).toBe("it's");
  expect(bytes(read).equals(bytes(features))).toBe(true);
  expect(told.at(-1)).toBe(ROWS);
});

it('is a parquet file of 115 named columns', async () => {
  const columns = await readParquet(file);
  expect(Object.keys(columns)).toEqual(FEATURE_NAMES);
  expect(columns[FEATURE_NAMES[30]!]![7]).toBe(features[7 * WIDTH + 30]);
});

it.each([
  [ROWS - 1, /more than 4999 rows/],
  [ROWS + 1, /has 5000 rows, not 5001/],
])('is refused where %d rows are expected', async (rows, message) => {
  await expect(readFeatureFile(file, new Float64Array(rows * WIDTH))).rejects.toThrow(message);
});

it('is refused where the file is missing, or was not written here', async () => {
  await expect(readFeatureFile(path.join(folder, 'none'), features)).rejects.toThrow();
  const text = path.join(folder, 'text.parquet');
  fs.writeFileSync(text, 'text');
  await expect(readFeatureFile(text, features)).rejects.toThrow();
});

it('stops', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const other = path.join(folder, 'stopped.parquet');
  await expect(writeFeatureFile(other, features, "it's", signal)).rejects.toThrow('enough');
  await expect(readFeatureFile(file, features.slice(), { signal })).rejects.toThrow('enough');
});
