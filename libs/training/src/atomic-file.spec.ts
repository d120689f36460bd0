import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { skipIf } from '../../../tools/testing/skip-if';
import { partialName, removeLeftovers, writeAtomically, writeJSON } from './atomic-file';
import { temporaryFolder } from './tiny-data.fixture.spec';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

it('writes into folders that it makes, and leaves nothing else', () => {
  writeJSON(join(folder, 'a', 'b', 'x.json'), { x: 1 });
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['x.json']);
  expect(readFileSync(join(folder, 'a', 'b', 'x.json'), 'utf8')).toBe('{\n  "x": 1\n}\n');
});

it('replaces a file whole', () => {
  const path = join(folder, 'y');
  writeAtomically(path, 'a long text');
  writeAtomically(path, Uint8Array.of(65, 66));
  expect(readFileSync(path, 'utf8')).toBe('AB');
});

it('removes what a killed process left, and nothing else', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const below = join(folder, 'run', 'checkpoint');
  writeAtomically(join(below, 'whole'), '');
  writeFileSync(join(below, `dead.${pid}.partial`), '');
  writeFileSync(partialName(join(below, 'alive')), '');
  removeLeftovers(join(folder, 'run'));
  expect(readdirSync(below).sort()).toEqual([`alive.${process.pid}.partial`, 'whole']);
});

const linux = skipIf(process.platform === 'linux' ? undefined : '/proc is there on Linux only');
linux.it('gives up on a folder that cannot be made', () => {
  expect(() => writeAtomically('/proc/botlab/x', '')).toThrow(/^Cannot write \/proc\/botlab\/x/);
});
