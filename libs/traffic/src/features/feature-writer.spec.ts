import fc from 'fast-check';
import { FeatureWriter } from './feature-writer';
import { FEATURE_NAMES } from '../schema';

const WIDTH = FEATURE_NAMES.length;

/** What a writer gives its sink for some rows. */
async function written(
  rows: readonly Float64Array[],
): Promise<{ lines: string[]; pieces: number }> {
  const pieces: Buffer[] = [];
  const writer = new FeatureWriter((bytes) => void pieces.push(Buffer.from(bytes)));
  for (const row of rows) if (writer.append(row)) await writer.flush();
  await writer.flush();
  expect(writer.rows).toBe(rows.length);
  const text = Buffer.concat(pieces).toString('latin1');
  expect(text.endsWith('\n')).toBe(true);
  return { lines: text.slice(0, -1).split('\n'), pieces: pieces.length };
}

it('writes numbers that read back to the last bit, under the header', async () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
  const row = fc.array(number, { minLength: WIDTH, maxLength: WIDTH });
  const rows = fc.sample(row, { seed: 1, numRuns: 50 }).map((cells) => Float64Array.from(cells));
  rows.push(new Float64Array(WIDTH).fill(-5e-324), new Float64Array(WIDTH).fill(-Number.MAX_VALUE));
  const { lines } = await written(rows);
  expect(lines[0]).toBe(FEATURE_NAMES.join(','));
  const read = lines.slice(1).map((line) => Float64Array.from(line.split(',').map(Number)));
  expect(read.map((cells) => [...cells])).toEqual(
    rows.map((cells) => [...cells].map((x) => x + 0)),
  );
});

it('writes the shortest form', async () => {
  const row = new Float64Array(WIDTH).fill(1);
  row.set([0.1, 1505661693.0, 1 / 3, 1e-7]);
  const { lines } = await written([row]);
  expect(lines[1]).toMatch(/^0\.1,1505661693,0\.3333333333333333,1e-7,1,1,/);
});

it('hands over pieces in constant memory, also of rows as long as can be', async () => {
  const row = new Float64Array(WIDTH).fill(-1.2345678901234567e-300);
  const { lines, pieces } = await written(new Array<Float64Array>(2000).fill(row));
  expect(new Set(lines.slice(1)).size).toBe(1);
  expect(lines).toHaveLength(2001);
  expect(pieces).toBeGreaterThan(4);
});

it('wants to be flushed', () => {
  const writer = new FeatureWriter(() => undefined);
  const row = new Float64Array(WIDTH).fill(1 / 3);
  expect(() => {
    for (;;) writer.append(row);
  }).toThrow('flush before the next row');
});

it('hands over a header without rows too', async () => {
  expect((await written([])).lines).toEqual([FEATURE_NAMES.join(',')]);
});
