import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const isWindows = process.platform === 'win32';

/** The folder of the notebooks' own Python packages. */
export const environmentFolder = join(root, '.venv');

/** The Python in there. */
export const environmentPython = join(
  environmentFolder,
  ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);

/** What would make another Python, pip or Jupyter look for packages, settings and kernels elsewhere. */
const leaking = [
  'PYTHONHOME',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'PIP_PREFIX',
  'PIP_REQUIRE_VIRTUALENV',
  'PIP_TARGET',
  'PIP_USER',
  'JUPYTER_CONFIG_PATH',
  'JUPYTER_NO_CONFIG',
  'JUPYTER_PATH',
  'JUPYTER_PLATFORM_DIRS',
  'FORCE_COLOR', // escape codes would be stored in the outputs of cells
];

/** The environment in which a Python of ours runs. */
export function pythonEnvironment(more = {}) {
  const env = { ...process.env };
  for (const name of leaking) delete env[name];
  return { ...env, JUPYTER_PREFER_ENV_PATH: '1', PYTHONUTF8: '1', ...more };
}

/** What a Python prints for a program of one line, or undefined where it cannot run it. */
export function ask(python, program) {
  const { status, stdout } = spawnSync(python, ['-c', program], {
    encoding: 'utf8',
    env: pythonEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Whether a Python has all of these modules. */
export function hasModules(python, ...names) {
  const found = names.map((name) => `find_spec(${JSON.stringify(name)})`).join(' and ');
  return ask(python, `from importlib.util import find_spec; print(bool(${found}))`) === 'True';
}

/** The Pythons to look at, in order of preference. */
export function pythons() {
  const commands = isWindows ? ['python', 'py'] : ['python3', 'python'];
  return [process.env.BOTLAB_PYTHON, environmentPython, ...commands].filter(Boolean);
}
