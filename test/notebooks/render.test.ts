import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { skipIf, slow } from '../../tools/testing/skip-if';
import { temporaryFolder } from '../cli/botlab';
import { Checkout } from './checkout';
import { noKernel, notebookPython } from './notebook-python';

const script = 'notebooks/render.mjs';

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly error: string | null;
}

/** The checkouts have no .venv. */
const env = { ...process.env, BOTLAB_PYTHON: notebookPython };

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

skipIf(noKernel ?? slow).describe('notebooks:render', () => {
  it('says in which cell a notebook fails and why, and then writes no site', () => {
    const checkout = new Checkout();
    checkout.writeNotebook('01-good', '# Good', '1 + 1;');
    checkout.writeNotebook('02-throws', '# Throws', 'const a = 1;', "throw new Error('no loss');");
    checkout.writeNotebook('03-type', '# Type', "const a: number = 'text';", 'a;');
    const rejected = "void Promise.reject(new Error('unheard'));";
    const later = 'await new Promise((r) => setTimeout(r, 100));';
    checkout.writeNotebook('04-unheard', '# Unheard', `${rejected}\n${later}`);
    checkout.writeNotebook('05-dies', '# Dies', 'process.exit(3);');
    const out = join(temporaryFolder(), 'site');
    const { code, stdout, stderr } = checkout.tool(script, ['--json', '--out', out], env);
    const results = stdout.split('\n').filter(Boolean);
    const errors = new Map(
      results.map((line) => JSON.parse(line) as Result).map((r) => [r.name, r.error]),
    );
    expect([...errors.keys()].sort()).toEqual([
      '01-good',
      '02-throws',
      '03-type',
      '04-unheard',
      '05-dies',
    ]);
    expect(errors.get('01-good')).toBeNull();
    expect(errors.get('02-throws')).toMatch(
      /^code cell 2 \(throw new Error\('no loss'\);\): .*\nError: no loss/s,
    );
    expect(errors.get('03-type')).toMatch(
      /^code cell 1 \(.*\): 1:7 - Type 'string' is not assignable/,
    );
    expect(errors.get('04-unheard')).toMatch(
      /^code cell 1 \(.*\): UnhandledPromiseRejection: Error: unheard/,
    );
    expect(errors.get('05-dies')).toBe('code cell 1 (process.exit(3);): the kernel died');
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toBe('botlab: 4 of 5 failed; no site was written');
    expect(readdirSync(join(out, '..'))).toEqual([]);
  });
  it('ends a cell that hangs, and its kernel', () => {
    const checkout = new Checkout();
    const file = JSON.stringify(checkout.path('pid'));
    const note = `require('fs').writeFileSync(${file}, String(process.pid));`;
    checkout.writeNotebook('01-hangs', '# Hangs', note, 'for (;;);');
    const { code, stderr } = checkout.tool(
      script,
      ['--timeout', '15', '--out', temporaryFolder()],
      env,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('code cell 2 (for (;;);): it ran for more than 15 s');
    expect(isRunning(Number(readFileSync(checkout.path('pid'), 'utf8')))).toBe(false);
  });
  it('leaves nothing when it is interrupted', async () => {
    const checkout = new Checkout();
    const pidFile = checkout.path('pid');
    const note = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
    checkout.writeNotebook('01-waits', '# Waits', note, 'await new Promise(() => {});');
    const scratch = temporaryFolder();
    const args = [checkout.path(`tools/${script}`), '--out', join(temporaryFolder(), 'site')];
    const running = spawn(process.execPath, args, {
      env: { ...env, TMPDIR: scratch },
      stdio: 'ignore',
    });
    while (
      running.exitCode === null &&
      (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '')
    ) {
      await pause(100);
    }
    const kernel = Number(readFileSync(pidFile, 'utf8'));
    expect(isRunning(kernel)).toBe(true);
    running.kill('SIGINT');
    expect(await once(running, 'close')).toEqual([130, null]);
    expect(isRunning(kernel)).toBe(false);
    expect(readdirSync(scratch)).toEqual([]);
  });
  it('writes what pages share once, and replaces a site of before', () => {
    const checkout = new Checkout();
    const long = 'display.html(`<script>window.x = "${"x".repeat(2e6)}";</script>`);';
    const code = `import { display } from 'tslab';\n${long}`;
    const links =
      '[solutions](solutions/01-one.ipynb), [a file](../README.md), [the web](https://x.org)';
    checkout.writeNotebook(
      '01-one',
      `# 01 · One < two\n\nIt is $x^2$, and ${links}.\n\nMore.`,
      code,
    );
    checkout.writeNotebook(
      'solutions/01-one',
      '# 01 · Solutions\n\nBack to [one](../01-one.ipynb).',
      code,
    );
    const out = join(temporaryFolder(), 'site');
    for (let times = 0; times < 2; times++) {
      expect(checkout.tool(script, ['--out', out], env)).toMatchObject({
        code: 0,
        stdout: `${join(out, 'index.html')}\n`,
      });
    }
    const besides = ['assets', 'index.html', 'models.html', 'slides', 'solutions'];
    expect(readdirSync(out).sort()).toEqual(['01-one.html', ...besides]);
    expect(readdirSync(join(out, '..'))).toEqual(['site']);
    const [index, page, solution] = ['index.html', '01-one.html', 'solutions/01-one.html'].map(
      (file) => readFileSync(join(out, file), 'utf8'),
    );
    expect(index).toContain('<a href="01-one.html">01 · One &lt; two</a>');
    expect(index).toMatch(
      /It is \$x\^2\$, and <a href="solutions\/01-one.html">solutions<\/a>, a file,/,
    );
    expect(page).toContain('<a href="https://x.org">the web</a>');
    expect(solution).toContain('<a href="../01-one.html">one</a>');
    const shared = readdirSync(join(out, 'assets')).filter((file) =>
      /^[0-9a-f]{12}\.js$/.test(file),
    );
    expect(shared).toHaveLength(1);
    expect(page).toContain(`src="assets/${shared[0]}"`);
    expect(solution).toContain(`src="../assets/${shared[0]}"`);
    for (const text of [index, page, solution])
      expect(text).not.toMatch(/(?:src|href)="https?:(?!\/\/x.org)/);
  });
});

skipIf(noKernel ?? slow).describe('what has run to its end', () => {
  it('is executed again only where it, a library or what it imports has changed', () => {
    const checkout = new Checkout();
    const log = checkout.path('log');
    const note = `require('fs').appendFileSync(${JSON.stringify(log)}, 'x');`;
    checkout.writeNotebook('01-counts', '# Counts', note);
    const args = ['--json', '--out', join(temporaryFolder(), 'site')];
    const render = (...more: string[]): [Result & { cached: boolean }, number] => {
      const { stdout } = checkout.tool(script, [...args, ...more], env);
      return [JSON.parse(stdout) as Result & { cached: boolean }, readFileSync(log, 'utf8').length];
    };
    expect(render()).toMatchObject([{ ok: true, cached: false }, 1]);
    expect(render()).toMatchObject([{ name: '01-counts', ok: true, cached: true, error: null }, 1]);
    checkout.write('notebooks/README.md', 'of no notebook');
    expect(render()[1]).toBe(1);
    checkout.write('libs/engine/dist/index.js', 'exports.a = 1;');
    expect(render()).toMatchObject([{ ok: true, cached: false }, 2]);
    checkout.write('notebooks/start.js', 'exports.start = () => {};');
    expect(render()).toMatchObject([{ ok: true, cached: false }, 3]);
    checkout.writeNotebook('01-counts', '# Counts', note, "throw new Error('no');");
    expect(render()).toMatchObject([{ ok: false, cached: false }, 4]);
    expect(render()).toMatchObject([{ ok: false, cached: false }, 5]);
  });
});

describe('notebooks:render refuses', () => {
  const checkout = new Checkout();
  checkout.writeNotebook('01-one', '# One');
  const others = temporaryFolder();
  checkout.write('thesis/chapter.txt', 'two years of work');

  it.each([
    [['--outt', others], /^botlab: Unknown option '--outt'; see .*\.\n$/],
    [['02-two'], /^botlab: There is no notebook "02-two": expected some of 01-one\.\n$/],
    [['--timeout', 'long'], /^botlab: Cannot wait "long" seconds: .*\.\n$/],
    [['--out', checkout.path('thesis')], /thesis holds other files than a rendered site: .*\.\n$/],
    [['--out', checkout.path('thesis/chapter.txt')], /chapter\.txt is not a folder: .*\.\n$/],
  ])('%j in one sentence', (args, sentence) => {
    const { code, stdout, stderr } = checkout.tool(script, args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replace('botlab: building …\n', '')).toMatch(sentence);
    expect(existsSync(checkout.path('thesis/chapter.txt'))).toBe(true);
  });
  it('a machine without nbclient', () => {
    const none = { ...process.env, PATH: others, BOTLAB_PYTHON: '' };
    const { code, stderr } = checkout.tool(script, ['--out', join(others, 'site')], none);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toBe(
      'botlab: No Python here has nbclient and nbconvert: run npm run lab -- --prepare, which makes .venv.',
    );
  });
});
