import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { csv, folderOf } from './csv-folder.fixture.spec';

it("the README's example runs", async () => {
  const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
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
  const define = new Function('require', 'exports', 'console', 'folder', outputText) as (
    ...names: [NodeJS.Require, object, typeof console, string]
  ) => void;
  const folder = folderOf({
    'Danmini_Doorbell/benign_traffic.csv': csv(600),
    'Danmini_Doorbell/gafgyt_attacks/combo.csv': csv(1400),
  });
  define(require, module, console, folder);
  await module.main?.();
  expect(printed).toEqual([
    expect.stringMatching(/^32 rows, the first: [01] -?\d/),
    '100 rows of 2 files, 20 to test on',
    'stratified by class, 80 % / 20 % of rows',
  ]);
});

it('the README names every file', () => {
  const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  const files = fs.readdirSync(__dirname).filter((name) => !/\.spec\.ts$|^index\.ts$/.test(name));
  expect(files.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
