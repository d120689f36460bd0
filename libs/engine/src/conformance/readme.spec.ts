import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { engines } from '../engines/registry';

const readme = fs.readFileSync(path.join(__dirname, '../../README.md'), 'utf8');

it("the README's example runs", async () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const [imports = '', ...body] = code.split('\n\n');
  const { outputText } = ts.transpileModule(
    `${imports}\nexport async function main() {\n${body.join('\n')}\n}`,
    { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
  );
  const printed: string[] = [];
  const console = { log: (line: string) => printed.push(line) };
  const module: { main?: () => Promise<void> } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the README's own code
  const define = new Function('require', 'exports', 'console', outputText) as (
    ...names: [NodeJS.Require, object, typeof console]
  ) => void;
  define(require, module, console);
  await module.main?.();
  expect(printed).toEqual([
    ...engines().map(({ name }) => expect.stringMatching(`^${name}: .`) as string),
    'reference, plain TypeScript, one core: [3,2]',
  ]);
});

it('the README names every engine and folder', () => {
  const source = path.join(__dirname, '..');
  const folders = ['', 'ops/', 'backends/'].flatMap((parent) =>
    fs
      .readdirSync(path.join(source, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && `${parent}${entry.name}` !== 'backends')
      .map(({ name }) => `${parent}${name}/`),
  );
  const names = [...folders, ...engines().map(({ name }) => name)];
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

it('nothing but the doors lies in the root of the sources', () => {
  const entries = fs.readdirSync(path.join(__dirname, '..'), { withFileTypes: true });
  expect(entries.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([
    'index.ts',
    'light.ts',
  ]);
});
