import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const home = process.cwd();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-files-'));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  fs.rmSync(folder, { recursive: true });
});

it('prints what the README says', async () => {
  const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  const [, code, output] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(readme)!;
  const { outputText } = ts.transpileModule(code!, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const printed: string[] = [];
  const console = { log: (...words: unknown[]) => printed.push(words.join(' ')) };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the README's own code
  const run = new Function('require', 'exports', 'console', outputText) as (
    ...names: [NodeJS.Require, object, typeof console]
  ) => void;
  run(require, {}, console);
  await new Promise((done) => setImmediate(done)); // the writing that it did not wait for
  expect(fs.readdirSync('runs').sort()).toEqual(['notes.txt', 'rows.bin', 'rows.csv']);
  expect(printed.join('\n') + '\n').toBe(output);
});
