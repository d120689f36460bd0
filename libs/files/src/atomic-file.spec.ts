import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { skipIf } from '../../../tools/testing/skip-if';
import { writeAtomically, writeThrough } from './atomic-file';
import { newFolder } from './temporary-folder.fixture.spec';

const folder = newFolder();

it('writes into folders that it makes, and leaves nothing else', () => {
  writeAtomically(join(folder, 'a', 'b', 'x'), 'ü');
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['x']);
  expect(readFileSync(join(folder, 'a', 'b', 'x'), 'utf8')).toBe('ü');
});

it('replaces a file whole', () => {
  const path = join(folder, 'y');
  writeAtomically(path, 'a long text');
  writeAtomically(path, Uint8Array.of(65, 66));
  expect(readFileSync(path, 'utf8')).toBe('AB');
});

const linux = skipIf(process.platform === 'linux' ? undefined : '/proc is there on Linux only');
linux.it('gives up on a folder that cannot be made', () => {
  expect(() => writeAtomically('/proc/botlab/x', '')).toThrow(/^Cannot write \/proc\/botlab\/x/);
});

describe('what something else writes', () => {
  it('has its name once that is done, in a folder that is made', async () => {
    const path = join(folder, 'c', 'z');
    await writeThrough(path, async (partial) => {
      expect(statSync(partial).size).toBe(0);
      await Promise.resolve();
      writeFileSync(partial, 'whole');
      expect(existsSync(path)).toBe(false);
    });
    expect(readFileSync(path, 'utf8')).toBe('whole');
    expect(readdirSync(join(folder, 'c'))).toEqual(['z']);
  });

  it('is gone, and what was there stays, when that fails', async () => {
    const path = join(folder, 'd', 'z');
    writeAtomically(path, 'before');
    const failing = writeThrough(path, (partial) => {
      writeFileSync(partial, 'ha');
      return Promise.reject(new Error('lost'));
    });
    await expect(failing).rejects.toThrow('lost');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(join(folder, 'd'))).toEqual(['z']);
  });

  it('may be under way twice for the same name', async () => {
    const path = join(folder, 'e', 'z');
    const write = (text: string) => async (partial: string) => {
      await Promise.resolve();
      writeFileSync(partial, text);
    };
    await Promise.all([writeThrough(path, write('long')), writeThrough(path, write('s'))]);
    expect(['long', 's']).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(join(folder, 'e'))).toEqual(['z']);
  });
});
