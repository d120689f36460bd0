import { InputError } from '@botlab/errors';
import { requireFileName } from './file-name';

it.each([
  'table1-quick',
  'a',
  '.hidden',
  'ünïcode 你好',
  'two words',
  'com10',
  'console',
  'a..b',
  'x'.repeat(255),
])('takes %p', (name) => {
  expect(requireFileName(name, 'an experiment')).toBe(name);
});

it.each([
  ['', 'it is empty'],
  ['.', 'it would lead to another folder'],
  ['..', 'it would lead to another folder'],
  ['../runs', 'a slash would lead to another folder'],
  ['a/b', 'a slash would lead to another folder'],
  ['a\\b', 'a slash would lead to another folder'],
  ['a\0b', 'it has a control character'],
  ['a\nb', 'it has a control character'],
  ['a:b', 'Windows takes none of < > : " | ? *'],
  ['a ', 'it begins or ends with a space, or ends with a dot'],
  ['a.', 'it begins or ends with a space, or ends with a dot'],
  ['...', 'it begins or ends with a space, or ends with a dot'],
  ['con', 'Windows has a device of that name'],
  ['Nul.txt', 'Windows has a device of that name'],
  ['COM1', 'Windows has a device of that name'],
  ['a\ud800', 'it has half a character'],
])('refuses %p', (name, fault) => {
  const refused = () => requireFileName(name, 'an experiment');
  expect(refused).toThrow(InputError);
  expect(refused).toThrow(
    `Cannot name an experiment ${JSON.stringify(name)}: ${fault}; choose another name.`,
  );
});

it('counts bytes, not letters', () => {
  expect(() => requireFileName('ü'.repeat(128), 'a run')).toThrow(
    `Cannot name a run "${'ü'.repeat(20)}…": it is 256 bytes long, and a file system takes 255; choose another name.`,
  );
});
