import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tool';

const ours = join(root, '.venv', 'bin', 'python');

const pythons = [process.env['BOTLAB_PYTHON'], ours, 'python3'].filter(
  (python) => python !== undefined && (python !== ours || existsSync(ours)),
) as string[];

/** The Python that executes notebooks; undefined, with a line that says so, where there is none. */
export const notebookPython = pythons.find(
  (python) => spawnSync(python, ['-c', 'import nbclient, nbconvert']).status === 0,
);

/** Why notebooks cannot be executed here; undefined where they can. */
export const noKernel =
  notebookPython === undefined
    ? 'notebooks need a Python with nbclient and nbconvert (npm run lab makes one)'
    : undefined;
