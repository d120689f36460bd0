import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { skipIf } from '../../../tools/testing/skip-if';
import { temporaryFolder } from './csv-folder.fixture.spec';
import { requireWritable } from './folder';

const folder = temporaryFolder();

it('makes a folder with those above it', () => {
  const path = join(folder, 'a', 'b');
  requireWritable(path);
  requireWritable(path);
  expect(existsSync(path)).toBe(true);
});

it.each(['file', join('file', 'below')])('says that %s is no folder', (name) => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => requireWritable(join(folder, name))).toThrow(InputError);
  expect(() => requireWritable(join(folder, name))).toThrow(/^Cannot write to .*not a folder/);
});

const linux = skipIf(process.platform === 'linux' ? undefined : '/proc is there on Linux only');
linux.it('gives up on a folder that cannot be made', () => {
  expect(() => requireWritable('/proc/botlab/runs')).toThrow(
    /^Cannot write to \/proc\/botlab\/runs/,
  );
});
