import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PartialFile } from './partial-file';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-partial-'));
afterAll(() => fs.rmSync(root, { recursive: true }));
let folders = 0;
const folder = (): string => {
  const made = path.join(root, String(folders++));
  fs.mkdirSync(made);
  return made;
};

it('has its name once it is whole, over what was there', () => {
  const file = path.join(folder(), 'x.csv');
  fs.writeFileSync(file, 'before');
  const partial = new PartialFile(file);
  partial.write(Buffer.from('ab'));
  partial.write(Buffer.from('cd'));
  expect(partial.bytes).toBe(4);
  expect(fs.readFileSync(file, 'utf8')).toBe('before');
  partial.close();
  expect(fs.readFileSync(file, 'utf8')).toBe('abcd');
  partial.abort(); // too late
  expect(fs.readdirSync(path.dirname(file))).toEqual(['x.csv']);
  expect(() => partial.write(Buffer.from('e'))).toThrow('is closed');
});

it('leaves what was there when it is given up', () => {
  const file = path.join(folder(), 'x.csv');
  fs.writeFileSync(file, 'before');
  const before = process.listenerCount('exit');
  const partial = new PartialFile(file);
  partial.write(Buffer.from('ab'));
  partial.abort();
  partial.abort();
  expect(fs.readFileSync(file, 'utf8')).toBe('before');
  expect(fs.readdirSync(path.dirname(file))).toEqual(['x.csv']);
  expect(process.listenerCount('exit')).toBe(before);
});

it('removes what processes that are gone had left of the same file, and nothing else', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const inside = folder();
  const kept = [
    `x.csv.${process.ppid}.partial`,
    `xy.csv.${gone}.partial`,
    `x.csv.${gone}.partials`,
  ];
  for (const name of [...kept, `x.csv.${gone}.partial`])
    fs.writeFileSync(path.join(inside, name), '');
  new PartialFile(path.join(inside, 'x.csv')).abort();
  expect(fs.readdirSync(inside).sort()).toEqual(kept.sort());
});

it('refuses a place where no file can be', () => {
  const inside = folder();
  const missing = path.join(inside, 'missing', 'x.csv');
  expect(() => new PartialFile(missing)).toThrow(
    `Cannot write ${missing}: there is no folder ${inside}/missing; make it first, or choose another.`,
  );
  expect(() => new PartialFile(inside)).toThrow(
    `Cannot write ${inside}: it is a folder; name a file.`,
  );
  expect(() => new PartialFile('/dev/null')).toThrow(
    'Cannot write /dev/null: it is no file that can be replaced; name another.',
  );
  fs.writeFileSync(path.join(inside, 'file'), '');
  expect(() => new PartialFile(path.join(inside, 'file', 'x.csv'))).toThrow(
    'a part of the path is a file, not a folder',
  );
});

it('is gone when the disk is full', () => {
  const file = path.join(folder(), 'x.csv');
  const partial = new PartialFile(file);
  const spy = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  expect(() => partial.write(Buffer.from('ab'))).toThrow(`Cannot write ${file}: the disk is full`);
  spy.mockRestore();
  expect(fs.readdirSync(path.dirname(file))).toEqual([]);
});
