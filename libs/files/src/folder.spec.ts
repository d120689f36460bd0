import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { skipIf } from '../../../tools/testing/skip-if';
import { requireWritable } from './folder';
import { newFolder } from './temporary-folder.fixture.spec';

const folder = newFolder();

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

it('says that a link that leads nowhere is in the way', () => {
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  for (const path of [join(folder, 'link'), join(folder, 'link', 'below')])
    expect(() => requireWritable(path)).toThrow(/^Cannot write to .* in the way/);
});

const linux = skipIf(process.platform === 'linux' ? undefined : '/proc is there on Linux only');
linux.it('gives up on a folder that cannot be made', () => {
  expect(() => requireWritable('/proc/botlab/runs')).toThrow(
    /^Cannot write to \/proc\/botlab\/runs/,
  );
});
