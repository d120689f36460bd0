import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { getModel } from '@botlab/models';
import { getEstimator } from '../estimators/registry';
import { temporaryFolder } from '../tiny-data.fixture.spec';
import { loadPlugins, pluginOf } from './load-plugins';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

// Jest's modules cannot import(): the real loader is tested by the command line, in test/cli.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const load = (file: string): Promise<unknown> => Promise.resolve(require(file));

/** Writes a plugin of these definitions, and loads it. */
function plugin(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return loadPlugins([{ name, from: folder }], load);
}

/** A call that defines a model with these fields beside the usual ones, as text. */
function model(name: string, fields = ''): string {
  const options = '{ safeParse: () => ({ success: true, data: {} }) }';
  return `require('@botlab/models').defineModel({ name: '${name}', title: 'Own', summary: 'It is mine.', options: ${options}, build() {}, ${fields} });`;
}

it('lists what a plugin defines, and says which plugin it is from', async () => {
  await plugin('one.cjs', `${model('own')} ${model('other-own')}`);
  expect(getModel('own').title).toBe('Own');
  expect(getEstimator('other-own').kind).toBe('network');
  expect(pluginOf('own')).toBe(join(folder, 'one.cjs'));
  expect(pluginOf('dense')).toBeUndefined();
});

it('loads a package by its name, and nothing twice', async () => {
  await plugin('node_modules/own-models/index.js', model('packaged'));
  await loadPlugins([{ name: 'own-models', from: folder }], load);
  await loadPlugins([{ name: './node_modules/own-models', from: folder }], load);
  expect(getModel('packaged').title).toBe('Own');
});

it.each([
  ['gone.js', undefined, /there is no file .*gone\.js; name a JavaScript file/],
  ['no-package', undefined, /no package of that name.* is installed in .*; install it, or name/],
  ['own.ts', '', /it is TypeScript; build it with tsc/],
  ['throws.js', "throw new Error('oh no\\nreally')", /it throws "oh no"; mend .*throws\.js/],
  ['empty.js', '', /it defines no model; call defineModel of @botlab\/models/],
  ['taken.js', model('dense'), /its model "dense" has the name of one of BotLab itself/],
  ['taken-2.js', model('forest'), /its model "forest" has the name of one of BotLab itself/],
  ['taken-3.js', model('own'), /its model "own" has the name of one of the plugin .*one\.cjs/],
  ['capital.js', model('Own'), /it throws "Cannot define the model "Own": expected a name of/],
  ['untitled.js', model('untitled', 'title: 1'), /its model "untitled" has no title, which is to/],
  ['unbuilt.js', model('unbuilt', 'build: 1'), /its model "unbuilt" has no build, which is to/],
])('refuses %s with a sentence', async (name, text, expected) => {
  const error = await (
    text === undefined ? loadPlugins([{ name, from: folder }], load) : plugin(name, text)
  ).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).toMatch(/^Cannot load the plugin [^\n]*\.$/);
  expect((error as Error).message).toMatch(expected);
});
