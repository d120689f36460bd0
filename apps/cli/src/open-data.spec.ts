import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEATURE_NAMES } from '@botlab/data';
import { openData } from './open-data';

const folder = mkdtempSync(join(tmpdir(), 'botlab-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('says on stderr which files of a folder are left alone', async () => {
  mkdirSync(join(folder, 'Camera'));
  const row = FEATURE_NAMES.map(() => '1').join(',');
  writeFileSync(
    join(folder, 'Camera', 'benign_traffic.csv'),
    `${FEATURE_NAMES.join(',')}\n${row}\n`,
  );
  const said: string[] = [];
  const spy = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => said.push(String(text)) > 0);
  try {
    await openData({ kind: 'csv', folder });
    expect(said).toEqual([]);
    for (let i = 0; i < 7; i++) writeFileSync(join(folder, `figure-${i}.png`), '');
    const source = await openData({ kind: 'csv', folder });
    expect(source.rows).toBe(1);
  } finally {
    spy.mockRestore();
  }
  expect(said).toEqual([
    'no data by their names, left alone: figure-0.png, figure-1.png, figure-2.png, figure-3.png, figure-4.png and 2 more\n',
  ]);
});
