import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');

it("the README's example runs", () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const printed: string[] = [];
  const console = { log: (line: string) => printed.push(line) };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the README's own code
  const run = new Function('require', 'exports', 'console', outputText) as (
    ...names: [NodeJS.Require, object, typeof console]
  ) => void;
  run(require, {}, console);
  expect(printed).toEqual([
    expect.stringMatching(/^Danmini_Doorbell, synthetic: weight \d+ after 500 rows$/),
  ]);
});

it('the README names every file', () => {
  const files = fs
    .readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.spec\.ts$|index\.ts$/.test(name))
    .map((name) => path.basename(name));
  expect(files.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
