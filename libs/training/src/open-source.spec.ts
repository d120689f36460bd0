import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSource } from './open-source';
import { SourceSpec } from './run-config';
import { temporaryFolder } from './tiny-data.fixture.spec';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

it('opens the simulated set, which keeps its rows where it is told', async () => {
  const cache = join(folder, 'cache');
  const spec = SourceSpec.parse({ kind: 'simulated', seed: 7 });
  expect(spec).toEqual({ kind: 'simulated', seed: 7, scale: 1 });
  const source = await openSource(spec, { cache });
  expect(source).toMatchObject({ synthetic: true, rows: 7_062_606 });
  expect(source.description).toContain('seed 7');
  expect(existsSync(cache)).toBe(false);
  await source.read(source.files.map((_, i) => Uint32Array.from(i === 0 ? [0] : [])));
  expect(readdirSync(cache)).toHaveLength(1);
});

it('opens a folder', async () => {
  const spec = SourceSpec.parse({ kind: 'csv', folder: join(folder, 'absent') });
  await expect(openSource(spec)).rejects.toThrow(/absent/);
});

it.each([
  { kind: 'simulated' },
  { kind: 'simulated', seed: 1, scale: 0 },
  { kind: 'simulated', seed: 1, folder: '/' },
  { kind: 'csv', seed: 1 },
  { kind: 'parquet', folder: '/' },
])('%j is no source', (spec) => {
  expect(SourceSpec.safeParse(spec).success).toBe(false);
});
