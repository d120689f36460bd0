import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type Finished } from '../cli/botlab';
import { Checkout } from './checkout';
import { tool } from './tool';

/**
 * A Python that writes down what it is asked to do; `-m venv` makes a folder with itself in it. What it
 * says of itself comes from the environment.
 */
const fakePython = String.raw`#!/bin/sh
echo "$*" >> "$LOG"
echo "$JUPYTER_RUNTIME_DIR" > "$LOG.runtime"
case "$*" in
  *version_info*) echo "$VERSION" ;;
  *ensurepip*) echo "$HAS_VENV" ;;
  *find_spec*) echo True ;;
  "-m venv "*) /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ; exit "$VENV" ;;
  "-m pip "*) exit "$PIP" ;;
esac
`;

const working = { VERSION: '3.11', HAS_VENV: 'True', VENV: '0', PIP: '0' };

/** A checkout, and a PATH with one Python. */
class Laboratory extends Checkout {
  readonly stamp = this.path('.venv/botlab-requirements');
  readonly #bin = temporaryFolder();
  readonly #log = join(this.#bin, 'log');

  constructor({ python = true } = {}) {
    super();
    this.write('notebooks/requirements.txt', 'jupyterlab==4.6.6\n');
    if (!python) return;
    writeFileSync(join(this.#bin, 'python3'), fakePython);
    chmodSync(join(this.#bin, 'python3'), 0o755);
  }

  lab(args: string[], env: NodeJS.ProcessEnv = {}): Finished {
    writeFileSync(this.#log, '');
    return this.tool('lab.mjs', args, { ...working, PATH: this.#bin, LOG: this.#log, ...env });
  }

  /** What Python was asked to do besides questions about itself. */
  get asked(): string[] {
    const lines = readFileSync(this.#log, 'utf8').split('\n').filter(Boolean);
    return lines.filter((line) => line.startsWith('-m')).map((line) => line.split(' ')[1]!);
  }

  /** Where the last Python was told to keep the runtime files of Jupyter. */
  get runtime(): string {
    return readFileSync(`${this.#log}.runtime`, 'utf8').trim();
  }

  get lastLine(): string {
    return readFileSync(this.#log, 'utf8').trim().split('\n').at(-1)!;
  }
}

const oneSentence = /^botlab: [^\n]*\.\n$/;

describe('npm run lab', () => {
  it('makes .venv, installs the pinned packages and the kernel, and opens JupyterLab', () => {
    const checkout = new Laboratory();
    const { code } = checkout.lab(['--no-browser', '--port', '9999']);
    expect(code).toBe(0);
    expect(checkout.asked).toEqual(['venv', 'pip', 'jupyterlab']);
    expect(checkout.lastLine).toMatch(
      new RegExp(
        `^-m jupyterlab .*root_dir=${checkout.folder}/notebooks .*--no-browser --port 9999$`,
      ),
    );
    const kernels = join(checkout.folder, '.venv', 'share', 'jupyter', 'kernels');
    const spec = JSON.parse(readFileSync(join(kernels, 'tslab', 'kernel.json'), 'utf8')) as {
      argv: string[];
    };
    expect(spec.argv[0]).toBe(process.execPath);
    expect(existsSync(spec.argv[1]!)).toBe(true);
  });
  it('lets root in, who is all there is in a container', () => {
    const checkout = new Laboratory();
    checkout.lab([]);
    expect(checkout.lastLine.includes('--allow-root')).toBe(process.getuid?.() === 0);
  });
  it('keeps what Jupyter writes in the temporary folder where there is no home', () => {
    const checkout = new Laboratory();
    const home = join(checkout.folder, 'none');
    const temporary = temporaryFolder();
    const { code, stderr } = checkout.lab([], { HOME: home, TMPDIR: temporary });
    expect(code).toBe(0);
    expect(stderr).toContain(`botlab: ${home} cannot be written; Jupyter keeps its files in `);
    expect(checkout.runtime.startsWith(temporary)).toBe(true);
    checkout.lab([], { HOME: checkout.folder });
    expect(checkout.runtime).toBe('');
  });
  it('makes nothing twice', () => {
    const checkout = new Laboratory();
    checkout.lab(['--prepare']);
    expect(checkout.asked).toEqual(['venv', 'pip']);
    checkout.lab(['--prepare']);
    expect(checkout.asked).toEqual([]);
    checkout.lab([]);
    expect(checkout.asked).toEqual(['jupyterlab']);
  });
  it('installs again when the requirements have changed', () => {
    const checkout = new Laboratory();
    checkout.lab(['--prepare']);
    checkout.write('notebooks/requirements.txt', 'jupyterlab==4.7.0\n');
    checkout.lab(['--prepare']);
    expect(checkout.asked).toEqual(['pip']);
  });
  it('makes a .venv again that was interrupted', () => {
    const checkout = new Laboratory();
    expect(checkout.lab(['--prepare'], { PIP: '1' }).code).toBe(2);
    writeFileSync(join(checkout.folder, '.venv', 'half'), '');
    expect(checkout.lab(['--prepare']).code).toBe(0);
    expect(checkout.asked).toEqual(['venv', 'pip']);
    expect(existsSync(join(checkout.folder, '.venv', 'half'))).toBe(false);
  });
  it('keeps a .venv that someone made, and one whose Python is gone it makes again', () => {
    const checkout = new Laboratory();
    checkout.lab(['--prepare']);
    rmSync(checkout.stamp);
    checkout.lab(['--prepare']);
    expect(checkout.asked).toEqual(['pip']);
    rmSync(join(checkout.folder, '.venv', 'bin', 'python'));
    checkout.lab(['--prepare']);
    expect(checkout.asked).toEqual(['venv', 'pip']);
  });
  it.each([
    [{}, false, /there is no Python on the PATH: install Python 3 .*python3-venv/],
    [
      { VERSION: '3.9' },
      true,
      /python3 is Python 3\.9, and JupyterLab needs 3\.10 or newer: install/,
    ],
    [{ HAS_VENV: 'False' }, true, /python3 \(Python 3\.11\) has no venv module: install/],
    [{ VENV: '1' }, true, /python3 -m venv \.venv failed, see above: install/],
    [
      { PIP: '1' },
      true,
      /pip could not install notebooks\/requirements\.txt, .* run npm run lab again/,
    ],
  ])('refuses in one sentence, with %j and a Python: %s', (env, python, sentence) => {
    const { code, stderr } = new Laboratory({ python }).lab([], env);
    expect(code).toBe(2);
    const last = `${stderr.trim().split('\n').at(-1)}\n`;
    expect(last).toMatch(oneSentence);
    expect(last).toMatch(sentence);
    expect(stderr).not.toMatch(/ at .*:\d+/);
  });
  it('refuses a .venv of an old Python, and leaves it', () => {
    const checkout = new Laboratory();
    checkout.lab(['--prepare']);
    rmSync(checkout.stamp);
    const { code, stderr } = checkout.lab([], { VERSION: '3.8' });
    expect([code, stderr]).toEqual([
      2,
      'botlab: .venv holds Python 3.8, and JupyterLab needs 3.10 or newer: ' +
        'remove the folder .venv, then run npm run lab again.\n',
    ]);
    expect(existsSync(join(checkout.folder, '.venv', 'bin', 'python'))).toBe(true);
  });
  it('says what it can do', () => {
    expect(tool('lab.mjs', ['--help'])).toMatchObject({ code: 0, stderr: '' });
  });
});
