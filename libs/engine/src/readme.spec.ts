import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ENGINES } from './engines';

const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');

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
    ...ENGINES.map(({ name }) => expect.stringMatching(`^${name}: .`) as string),
    'reference, plain TypeScript, one core: [3,2]',
  ]);
});

it('the README names every engine, file and folder', () => {
  const entries = fs
    .readdirSync(__dirname, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .filter((name) => !/\.spec\.ts$|^index\.ts$/.test(name));
  const names = [...entries, ...ENGINES.map(({ name }) => name)];
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
