import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PartialFile } from './partial-file';
import { partialName } from './partial-name';
import { newFolder } from './temporary-folder.fixture.spec';

it('has its name once it is whole, over what was there', () => {
  const file = path.join(newFolder(), 'x.csv');
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
  const file = path.join(newFolder(), 'x.csv');
  fs.writeFileSync(file, 'before');
  const partial = new PartialFile(file);
  partial.write(Buffer.from('ab'));
  partial.abort();
  partial.abort();
  expect(fs.readFileSync(file, 'utf8')).toBe('before');
  expect(fs.readdirSync(path.dirname(file))).toEqual(['x.csv']);
});

it('removes what a process that is gone had left of the same file', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const file = path.join(newFolder(), 'x.csv');
  fs.writeFileSync(partialName(file).replace(`-${process.pid}-`, `-${gone}-`), '');
  new PartialFile(file).abort();
  expect(fs.readdirSync(path.dirname(file))).toEqual([]);
});

it('is gone when the process ends', () => {
  const inside = newFolder();
  const file = path.join(inside, 'x.csv');
  const script = `
    const { PartialFile } = require(${JSON.stringify(path.join(__dirname, '../dist'))});
    const files = ['x', 'y'].map((name) => new PartialFile(${JSON.stringify(inside)} + '/' + name));
    for (const file of files) file.write(Buffer.from('ab'));
    files[1].close();
    process.stdout.write(require('fs').readdirSync(${JSON.stringify(inside)}).length + ' files');
    process.exit(0);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: '2 files', stderr: '' });
  expect(fs.readdirSync(path.dirname(file))).toEqual(['y']);
});

it('takes the longest names that there are', () => {
  const inside = newFolder();
  for (const name of ['x'.repeat(255), 'ü'.repeat(127)]) {
    const partial = new PartialFile(path.join(inside, name));
    partial.write(Buffer.from('ab'));
    partial.close();
    expect(fs.readFileSync(path.join(inside, name), 'utf8')).toBe('ab');
  }
  expect(fs.readdirSync(inside)).toHaveLength(2);
});

it('refuses a place where no file can be', () => {
  const inside = newFolder();
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
  const file = path.join(newFolder(), 'x.csv');
  const partial = new PartialFile(file);
  const spy = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  expect(() => partial.write(Buffer.from('ab'))).toThrow(`Cannot write ${file}: the disk is full`);
  spy.mockRestore();
  expect(fs.readdirSync(path.dirname(file))).toEqual([]);
});
