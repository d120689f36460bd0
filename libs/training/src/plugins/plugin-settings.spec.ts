import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../tiny-data.fixture.spec';
import { configuredPlugins } from './plugin-settings';

const folder = temporaryFolder();
const file = join(folder, 'botlab.config.json');
const below = join(folder, 'a', 'b');
mkdirSync(below, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

it('finds the nearest file upwards, and looks for plugins from there', () => {
  writeFileSync(file, '{ "plugins": ["./own.js", "own-models"] }');
  const expected = ['./own.js', 'own-models'].map((name) => ({ name, from: folder }));
  expect(configuredPlugins(below)).toEqual(expected);
  writeFileSync(join(folder, 'a', 'botlab.config.json'), '{}');
  expect(configuredPlugins(below)).toEqual([]);
  rmSync(join(folder, 'a', 'botlab.config.json'));
});

it.each([
  ['{ "plugins": ["own.js"', 'it is not JSON; mend it.'],
  ['{ "plugin": [] }', 'it has an unknown field "plugin"; it takes plugins.'],
  ['{ "plugins": ["own.js", 3] }', 'plugins.1 is 3, expected text.'],
  ['[]', 'it is [], expected an object with plugins.'],
])('refuses %s', (text, why) => {
  writeFileSync(file, text);
  expect(() => configuredPlugins(below)).toThrow(`Cannot read ${file}: ${why}`);
});
