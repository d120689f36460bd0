import fs from 'node:fs';
import path from 'node:path';
import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';
import { buildModel, parseOptions } from './build-model';
import { getModel, listModels } from './registry';

const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
const [usage = '', example = ''] = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code]) => code,
);

/** Runs a module's code as a file in zoo/, and returns what it printed. */
async function run(code: string): Promise<string[]> {
  const [imports = '', ...body] = code.split('\n\n');
  const main = body.join('\n').replaceAll('export const', 'const');
  const { outputText } = ts.transpileModule(
    `${imports}\nexport async function main() {\n${main}\n}`,
    { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
  );
  const printed: string[] = [];
  const console = { log: (line: string) => printed.push(line) };
  const module: { main?: () => Promise<void> } = {};
  const load = (name: string): unknown => require(name.replace(/^\.\./, '.')); // eslint-disable-line @typescript-eslint/no-require-imports
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the README's own code
  const define = new Function('require', 'exports', 'console', outputText) as (
    ...names: [typeof load, object, typeof console]
  ) => void;
  define(load, module, console);
  await module.main?.();
  return printed;
}

beforeAll(() => useEngine('reference'));

it("the README's first example runs", async () => {
  const expected = listModels().map(
    ({ name }) => expect.stringMatching(`^${name}: \\d+ `) as string,
  );
  const printed = await run(usage);
  expect(printed).toEqual(expected);
  expect(printed).toContain('res-1dcnn-lstm: 75579 parameters');
});

it("the README's new model is listed, and learns", async () => {
  await run(example);
  expect(listModels().map(({ name }) => name)).toContain('cnn-gru');
  const settings = { features: 20, classes: 2, seed: 1, options: { units: 4 } };
  const model = buildModel(getModel('cnn-gru'), settings);
  const x = tf.randomNormal([32, 20, 1], 0, 1, 'float32', 1);
  const y = tf.oneHot(x.mean([1, 2]).greater(0).toInt(), 2);
  const loss = () =>
    tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(y, model.apply(x) as tf.Tensor);
  const optimizer = tf.train.adam(0.05);
  const before = loss().dataSync()[0]!;
  for (let step = 0; step < 30; step++) optimizer.minimize(loss);
  expect(loss().dataSync()[0]).toBeLessThan(before / 2);
});

it('the README names every model with its options, and every file', () => {
  for (const definition of listModels().filter(({ name }) => name !== 'cnn-gru')) {
    const row =
      readme.split('\n').find((line) => line.startsWith(`| \`${definition.name}\``)) ?? '';
    const options = row.split('|')[3]!.trim().split(', ');
    expect(options).toEqual(Object.keys(parseOptions(definition)).map((name) => `\`${name}\``));
  }
  const files = fs
    .readdirSync(__dirname)
    .filter((name) => !/\.spec\.ts$|^index\.ts$|^zoo$/.test(name));
  expect(files.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
