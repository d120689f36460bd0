import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEATURE_NAMES } from '@botlab/data';
import { quantile } from '@botlab/metrics';
import { tinySource } from '../tiny-data.fixture.spec';
import { DEVICE_FILE, FAMILY_FILE, readPublishedQuantiles } from './published-quantiles';
import { measureQuantiles } from './quantile-realism';

const FIRST = FEATURE_NAMES[0]!;
const HEADER = 'family,feature,mean,std,min,p5,p25,p50,p75,p95,max';

function folder(files: Readonly<Record<string, string>>): string {
  const out = mkdtempSync(join(tmpdir(), 'quantiles-'));
  mkdirSync(out, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
  return out;
}

const families = (...lines: string[]) => folder({ [FAMILY_FILE]: [HEADER, ...lines].join('\n') });

/** The five quantiles of a feature over the rows of the synthetic source's gafgyt. */
async function ofGafgyt(column: number): Promise<number[]> {
  const rows = tinySource.files.map(({ label }) =>
    Uint32Array.from({ length: label > 0 ? 40 : 0 }, (_, row) => row),
  );
  const { features } = await tinySource.read(rows);
  const values = Float64Array.from(
    { length: 80 },
    (_, row) => features[row * 115 + column]!,
  ).sort();
  return [0.05, 0.25, 0.5, 0.75, 0.95].map((part) => quantile(values, part));
}

it('finds no distance where the published quantiles are those of the rows', async () => {
  const quantiles = await ofGafgyt(0);
  const published = readPublishedQuantiles(families(`gafgyt,${FIRST},0,0,0,${quantiles.join()},0`));
  const [group, ...others] = await measureQuantiles(published, tinySource);
  expect(others).toEqual([]);
  expect(group).toMatchObject({ of: 'family', name: 'gafgyt', simulatedRows: 80, median: 0 });
  expect(group!.features).toEqual([
    { name: FIRST, distance: 0, real: quantiles, simulated: quantiles },
  ]);
});

it('measures in doublings, the worst feature first', async () => {
  const near = await ofGafgyt(0);
  // 1 + |value| is four times as much: two doublings.
  const far = (await ofGafgyt(1)).map(
    (value) => Math.sign(value) * (4 * (1 + Math.abs(value)) - 1),
  );
  const published = readPublishedQuantiles(
    families(
      `gafgyt,${FIRST},0,0,0,${near.join()},0`,
      `gafgyt,${FEATURE_NAMES[1]},0,0,0,${far.join()},0`,
    ),
  );
  const [group] = await measureQuantiles(published, tinySource);
  expect(group!.features.map(({ name }) => name)).toEqual([FEATURE_NAMES[1], FIRST]);
  expect(group!.features[0]!.distance).toBeCloseTo(2, 12);
});

it('compares the benign rows of a device with its medians and 99 % quantiles', async () => {
  const file = `feature,stat,Danmini_Doorbell\n${FIRST},median,1\n${FIRST},std,9\n${FIRST},p99,3\n`;
  const published = readPublishedQuantiles(folder({ [DEVICE_FILE]: file }));
  const parts = { parts: [0.5, 0.99], features: [{ name: FIRST, quantiles: [1, 3] }] };
  expect(published).toEqual([{ of: 'device', name: 'Danmini_Doorbell', ...parts }]);
  const files = tinySource.files.map((one) => ({ ...one, device: 'Danmini_Doorbell' }));
  const [group] = await measureQuantiles(published, { ...tinySource, files });
  expect(group).toMatchObject({ name: 'Danmini_Doorbell', simulatedRows: 40 });
  // The source has no such device: nothing is compared, and nothing invented.
  expect(await measureQuantiles(published, tinySource)).toEqual([]);
});

it('reads the columns of devices in any order, and refuses one that it does not know', () => {
  const mixed = `Danmini_Doorbell,stat,feature\n1,median,${FIRST}\n3,p99,${FIRST}\n`;
  const [group] = readPublishedQuantiles(folder({ [DEVICE_FILE]: mixed }));
  expect(group!.features).toEqual([{ name: FIRST, quantiles: [1, 3] }]);
  const misspelt = mixed.replace('Danmini', 'Danmimi');
  expect(() => readPublishedQuantiles(folder({ [DEVICE_FILE]: misspelt }))).toThrow(
    'has a column "Danmimi_Doorbell"; expected devices of N-BaIoT, such as Danmini_Doorbell',
  );
});

it('has none of a folder without such files', () => {
  expect(readPublishedQuantiles(folder({ 'README.md': '' }))).toEqual([]);
});

it.each([
  ['gafgyt,colour,0,0,0,1,2,3,4,5,0', '"colour" in row 2, column feature'],
  [`torii,${FIRST},0,0,0,1,2,3,4,5,0`, '"torii" in row 2, column family'],
  [`gafgyt,${FIRST},0,0,0,1,2,many,4,5,0`, '"many" in row 2, column p50; expected a number'],
  [`gafgyt,${FIRST},0,0,0,1,2,,4,5,0`, '"" in row 2, column p50; expected a number'],
  [`gafgyt,${FIRST},0`, 'has 3 cells in row 2, expected 11'],
])('refuses %s', (line, message) => {
  expect(() => readPublishedQuantiles(families(line))).toThrow(message);
});

it('refuses a file without a column it needs', () => {
  const text = `family,feature,p5\ngafgyt,${FIRST},1\n`;
  expect(() => readPublishedQuantiles(folder({ [FAMILY_FILE]: text }))).toThrow(
    'has no column p25 in its header',
  );
});
