import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { temporaryFolder, tinySource } from './tiny-data.fixture.spec';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

it("the README's example runs", async () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const [imports = '', ...body] = code.split('\n\n');
  const { outputText } = ts.transpileModule(
    `${imports}\nexport async function main() {\n${body.join('\n')}\n}`,
    { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
  );
  const printed: string[] = [];
  const log = { log: (line: string) => printed.push(line) };
  const module: { main?: () => Promise<void> } = {};
  const load = (name: string): object => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const room = require(name) as object;
    return name === '@botlab/data' ? { ...room, csvSource: () => tinySource } : room;
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the README's own code
  const define = new Function('require', 'exports', 'console', 'folder', 'runs', outputText) as (
    ...names: [typeof load, object, typeof log, string, string]
  ) => void;
  const runs = temporaryFolder();
  define(load, module, log, '/data', runs);
  await module.main?.();
  rmSync(runs, { recursive: true });
  expect(printed).toEqual([expect.stringMatching(/^accuracy \d\.\d{3} on 24 rows$/)]);
});

it('the README names every file', () => {
  const files = readdirSync(__dirname).filter((name) => /^(?!index)[^.]+\.ts$/.test(name));
  expect(files.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
