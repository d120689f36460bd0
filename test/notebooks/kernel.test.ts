import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { skipIf } from '../../tools/testing/skip-if';
import { temporaryFolder } from '../cli/botlab';
import { notebooksFolder } from './notebook';
import { noKernel, notebookPython } from './notebook-python';
import { root } from './tool';

interface Answer {
  readonly statuses: string[];
  readonly outputs: { readonly name: string; readonly text: string }[];
  readonly matches: string[];
}

/** A folder in which Jupyter finds the kernel, as tools/ describes it. */
function kernelFolder(): string {
  const folder = temporaryFolder();
  const module = pathToFileURL(join(root, 'tools', 'notebooks', 'kernelspec.mjs')).href;
  const code = `import { writeKernelspec } from '${module}'; writeKernelspec(process.argv[1]);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code, folder]);
  return folder;
}

/** Executes all codes but the last in a kernel, and asks it to complete the last where it has a ¦. */
function ask(folder: string, ...codes: string[]): Answer {
  const output = execFileSync(
    notebookPython!,
    [join(__dirname, 'ask_kernel.py'), folder, ...codes],
    // Without colours, which nx asks for.
    {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: undefined, JUPYTER_PATH: kernelFolder() },
    },
  );
  return JSON.parse(output) as Answer;
}

/** notebooks/ in a checkout whose library engine is not built. */
function unbuilt(): string {
  const checkout = temporaryFolder();
  const folder = join(checkout, 'notebooks');
  mkdirSync(folder);
  for (const file of ['start.js', 'start.d.ts']) {
    cpSync(join(notebooksFolder, file), join(folder, file));
  }
  const library = join(checkout, 'libs', 'engine');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'package.json'), JSON.stringify({ main: './dist/index.js' }));
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  return folder;
}

const startCell = "import { start } from './start';\nawait start();";
const notBuilt =
  'The libraries are not built (@botlab/engine): ' +
  "run npm run build in the checkout's top folder, then restart the kernel.\n";

skipIf(noKernel).describe('the kernel', () => {
  it('completes what the libraries export, and says the engine and its speed', () => {
    const { statuses, outputs, matches } = ask(
      notebooksFolder,
      startCell,
      "import { getM¦ } from '@botlab/models';",
    );
    expect(statuses).toEqual(['ok']);
    expect(outputs.map(({ text }) => text).join('')).toMatch(
      /^engine \w+: .*; [\d.]+ GFLOPS in a matrix product\n$/,
    );
    expect(matches).toContain('getModel');
  });
  it('completes the members of what a cell made', () => {
    const { matches } = ask(
      notebooksFolder,
      "import { getModel } from '@botlab/models';\nconst gru = getModel('gru');",
      'gru.¦',
    );
    expect(matches).toEqual(expect.arrayContaining(['name']));
  });
  it('goes on when files that it has read are gone, and come again', () => {
    const checkout = temporaryFolder();
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    const write = (value: number) =>
      `fs.writeFileSync('mine.ts', 'export const mine: number = ${value};'); await seen();`;
    const read = "import { mine } from './mine';\nconsole.log(mine);";
    const { statuses, outputs } = ask(
      checkout,
      "import * as fs from 'node:fs';\nconst seen = () => new Promise((done) => setTimeout(done, 700));",
      ...[write(1), read, "fs.rmSync('mine.ts'); await seen();", 'console.log(2);', write(3), read],
      '¦',
    );
    expect(statuses).toEqual(statuses.map(() => 'ok'));
    expect(outputs.map(({ text }) => text.trim()).filter(Boolean)).toEqual(['1', '2', '3']);
  });
  it('says in one sentence that the libraries are not built', () => {
    const { statuses, outputs } = ask(unbuilt(), startCell, '¦');
    expect(statuses).toEqual(['error']);
    expect(outputs).toEqual([{ name: 'stderr', text: notBuilt }]);
  });
});

describe('start', () => {
  /** What a program prints that calls it, after `before`. */
  function start(before: string, folder = notebooksFolder): string {
    const file = JSON.stringify(join(folder, 'start.js'));
    const program = `${before}; require(${file}).start('refrence').catch(console.error)`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    return stdout + stderr;
  }
  const nodeIs = (version: string): string =>
    `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;

  it.each(['18.20.8', '20.18.3', '25.0.0'])('refuses Node %s in one sentence', (version) => {
    expect(start(nodeIs(version))).toBe(
      `Node ${version} cannot run this notebook: install Node 22 from nodejs.org ` +
        '(20.19 to 24 will do), run npm run lab, then restart the kernel.\n',
    );
  });
  it.each(['20.19.0', '22.12.0', '24.1.0'])('takes Node %s', (version) => {
    expect(start(nodeIs(version))).toMatch(/^Unknown engine "refrence": .*\.{0,1}\?\n$/);
  });
  it('refuses a language that there is not in one sentence', () => {
    expect(start("process.env.BOTLAB_LANGUAGE = 'french'")).toBe(
      'Unknown language "french": expected one of en, zh.\n',
    );
  });
  it('says in one sentence that the libraries are not built', () => {
    expect(start('', unbuilt())).toBe(notBuilt);
  });
});
