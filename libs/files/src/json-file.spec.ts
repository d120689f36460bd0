import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJSON, writeJSON } from './json-file';
import { newFolder } from './temporary-folder.fixture.spec';

const file = join(newFolder(), 'x.json');

it('writes a value so that a person can read it', () => {
  writeJSON(file, { x: 1 });
  expect(readFileSync(file, 'utf8')).toBe('{\n  "x": 1\n}\n');
  expect(readJSON(file)).toEqual({ x: 1 });
});

it('reads no value where there is none, and says what cannot be read', () => {
  writeFileSync(file, '{"x": ');
  expect(readJSON(file)).toBeUndefined();
  expect(() => readJSON(`${file}.x`)).toThrow(`Cannot read ${file}.x: it does not exist`);
});
