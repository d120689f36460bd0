import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { captureName, requireCaptures, requireNoCapture } from './capture-source';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-source-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const [a, b, link] = ['a', 'b', 'link'].map((name) => path.join(folder, name)) as [
  string,
  string,
  string,
];
fs.writeFileSync(a, 'abc');
fs.writeFileSync(b, 'de');
fs.symlinkSync(a, link);

it('adds up the sizes of captures, unless one is a stream', () => {
  expect(requireCaptures([a, b, a])).toBe(8);
  expect(requireCaptures([a, '-'])).toBeUndefined();
  expect(requireCaptures(['/dev/null', a])).toBeUndefined();
  expect(captureName('-')).toBe('standard input');
});

it('keeps captures from being written over, by whatever name', () => {
  requireNoCapture(b, [a, '-']);
  requireNoCapture(path.join(folder, 'new'), [a]);
  for (const file of [a, link, `${folder}/./a`]) {
    expect(() => requireNoCapture(file, ['-', b, a])).toThrow(
      `Cannot write ${file}: it is the capture ${a}, which is only read; choose another name.`,
    );
  }
});
