import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunConfig } from '@botlab/training';
import { botlab, temporaryFolder } from './botlab';
import { writeSyntheticFolder } from './synthetic-folder';

const root = realpathSync(temporaryFolder());
const home = process.cwd();
beforeAll(() => process.chdir(root));
afterAll(() => {
  process.chdir(home);
  rmSync(root, { recursive: true });
});

/** A network as a plugin would define it, outside the checkout and with no node_modules beside it. */
const definition = (name: string): string => `
defineModel({
  name: '${name}',
  title: 'Own',
  summary: 'One hidden layer.',
  options: z.strictObject({ units: z.int().positive().default(8).describe('units of the layer') }),
  build({ input, classes, options: { units } }) {
    const flat = tf.layers.flatten().apply(input);
    const hidden = tf.layers.dense({ units, activation: 'relu' }).apply(flat);
    return tf.layers.dense({ units: classes }).apply(hidden);
  },
});`;

const commonJS = join(root, 'own.cjs');
writeFileSync(
  commonJS,
  `const tf = require('@tensorflow/tfjs');
const { z } = require('zod');
const { defineModel } = require('@botlab/models');
${definition('own-cjs')}`,
);
writeFileSync(
  join(root, 'own.mjs'),
  `import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineModel } from '@botlab/models';
${definition('own-esm')}`,
);

interface Listed {
  readonly name: string;
  readonly options: unknown;
}

it('lists models of CommonJS and of ES modules, and those of botlab.config.json above', () => {
  writeFileSync(join(root, 'botlab.config.json'), '{ "plugins": ["./own.cjs"] }');
  mkdirSync(join(root, 'below'));
  process.chdir(join(root, 'below'));
  const { code, stdout } = botlab('models', '--json', '--plugin', '../own.mjs');
  process.chdir(root);
  rmSync(join(root, 'botlab.config.json'));
  expect(code).toBe(0);
  const own = (JSON.parse(stdout) as Listed[]).filter(({ name }) => name.startsWith('own-'));
  const options = { units: 8 };
  expect(own).toMatchObject([
    { name: 'own-cjs', options },
    { name: 'own-esm', options },
  ]);
});

it('trains one, notes where it is from, and says which plugin is missing', () => {
  const data = writeSyntheticFolder(join(root, 'data'));
  const train = ['train', 'own-cjs', '--data', data, '--epochs', '1'];
  expect(botlab(...train)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Unknown model "own-cjs"') as string,
  });
  expect(botlab(...train, '--plugin', 'own.cjs').code).toBe(0);
  const run = join('runs', 'train', 'binary', 'own-cjs', '1');
  const config = JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')) as RunConfig;
  expect(config.environment.plugin).toBe(commonJS);
  expect(botlab('evaluate', run)).toMatchObject({
    code: 2,
    stderr: `botlab: Cannot use the run ${run}: its model "own-cjs" is defined by a plugin; add --plugin ${commonJS}.\n`,
  });
  expect(botlab('evaluate', run, '--plugin', commonJS).code).toBe(0);
});

it('says what is wrong with a plugin', () => {
  expect(botlab('models', '--plugin', './gone.js')).toEqual({
    code: 2,
    stdout: '',
    stderr: `botlab: Cannot load the plugin ./gone.js: there is no file ${join(root, 'gone.js')}; name a JavaScript file or an installed package.\n`,
  });
});
