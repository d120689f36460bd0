import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readParquet } from '@botlab/data';
import { PredictionsOutput } from './predictions-output';
import { temporaryFolder } from './tiny-data.fixture.spec';

const out = temporaryFolder();
afterAll(() => rmSync(out, { recursive: true }));

const CLASSES = ['benign', 'attack'];
const files = ['a, "b".csv', 'c.csv'].map((name) => ({ name, device: 'd', label: 0, rows: 9 }));
/** Two rows of a file, the second of which is an attack and found. */
const part = (file: number) =>
  [
    {
      table: { file: Uint16Array.of(file, file), files, row: Uint32Array.of(3, 5) },
      rows: Uint32Array.of(0, 1),
      truth: Uint8Array.of(0, 1),
    },
    { logits: Float32Array.of(0, 0, -1, 1), labels: Uint8Array.of(0, 1) },
    CLASSES,
  ] as const;

/** Writes both parts to a file of that name. */
async function written(name: string): Promise<string> {
  const output = new PredictionsOutput(join(out, name));
  output.add(...part(0));
  output.add(...part(1));
  expect(existsSync(join(out, name))).toBe(false);
  await output.close();
  return join(out, name);
}

it('writes a row a line as CSV, quoted where a name needs it', async () => {
  const lines = readFileSync(await written('p.csv'), 'utf8').split('\n');
  expect(lines).toHaveLength(6); // the header, four rows, and nothing behind the last
  expect(lines[0]).toBe('file,row,truth,prediction,p(benign),p(attack),log-odds(attack)');
  expect(lines[1]).toBe('"a, ""b"".csv",3,benign,benign,0.5,0.5,0');
  expect(lines[4]).toMatch(/^c\.csv,5,attack,attack,0\.119\d+,0\.880\d+,2$/);
});

it('writes the same as Parquet', async () => {
  const columns = await readParquet(await written('p.PARQUET'));
  expect(columns['file']).toEqual([files[0]!.name, files[0]!.name, 'c.csv', 'c.csv']);
  expect([...columns['row']!]).toEqual([3, 5, 3, 5]);
  expect(columns['prediction']).toEqual(['benign', 'attack', 'benign', 'attack']);
  expect(columns['p(attack)']).toBeInstanceOf(Float32Array);
  expect([...columns['log-odds(attack)']!]).toEqual([0, 2, 0, 2]);
});

it('refuses another ending, and leaves nothing when it is given up', () => {
  expect(() => new PredictionsOutput(join(out, 'p.txt'))).toThrow(/ends in \.csv or \.parquet/);
  const output = new PredictionsOutput(join(out, 'given-up.csv'));
  output.add(...part(0));
  output.abort();
  expect(readdirSync(out).filter((name) => name.startsWith('given-up'))).toEqual([]);
});
