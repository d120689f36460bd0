import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FEATURE_NAMES } from '@botlab/data';
import { openGenuine } from './genuine-folder';

const ROWS = `${FEATURE_NAMES.join()}\n${FEATURE_NAMES.map(() => 1).join()}\n`;
const QUANTILES = `family,feature,p5,p25,p50,p75,p95\nbenign,${FEATURE_NAMES[0]},1,2,3,4,5\n`;
const PLACE = 'Danmini_Doorbell/benign_traffic.csv';

function folder(files: Readonly<Record<string, string>>): string {
  const out = mkdtempSync(join(tmpdir(), 'genuine-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), text);
  }
  return out;
}

it('opens rows, quantiles, or quantiles with rows in a folder of theirs', async () => {
  const rows = await openGenuine(folder({ [PLACE]: ROWS }));
  expect([rows.rows?.rows, rows.quantiles]).toEqual([1, []]);
  const quantiles = await openGenuine(folder({ 'family-quantiles.csv': QUANTILES }));
  expect([quantiles.rows, quantiles.quantiles.length]).toEqual([null, 1]);
  const both = { 'family-quantiles.csv': QUANTILES, [`rows/${PLACE}`]: ROWS };
  const { rows: inside, quantiles: beside } = await openGenuine(folder(both));
  expect([inside?.rows, beside[0]?.name]).toEqual([1, 'benign']);
  const mixed = folder({ 'family-quantiles.csv': QUANTILES, [PLACE]: ROWS });
  expect((await openGenuine(mixed)).rows?.rows).toBe(1);
});

it('refuses rows that simulate made, and a folder without either', async () => {
  const made = folder({
    [PLACE]: ROWS,
    'SYNTHETIC.txt': 'SYNTHETIC DATA: simulated by botlab, not recorded.\n',
  });
  await expect(openGenuine(made)).rejects.toThrow('was made by botlab simulate');
  await expect(openGenuine(folder({ 'README.md': '' }))).rejects.toThrow('Cannot read');
});
