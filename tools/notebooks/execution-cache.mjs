import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../workspace.mjs';
import { notebookFile } from './names.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Executed copies of notebooks, each under a name that says what it followed from. */
const folder = join(root, 'node_modules', '.cache', 'botlab', 'notebooks');

/** Adds files to a hash, or those below a folder that `takes` says, by their paths and what is in them. */
function addFiles(hash, path, takes = () => true) {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addFiles(hash, join(path, name), takes);
  } else if (takes(path)) hash.update(`\n${path}\n`).update(readFileSync(path));
}

/** What every notebook's outputs follow from: libraries, packages, what executes it, Node and processor. */
function surroundings() {
  const hash = createHash('sha256').update(
    `${process.version} ${cpus()[0]?.model} ${cpus().length}`,
  );
  const variables = ['BOTLAB_LANGUAGE', 'BOTLAB_PYTHON', 'BOTLAB_TFJS_NODE', 'NODE_PATH'];
  for (const name of [...variables, 'VK_ADD_DRIVER_FILES']) {
    hash.update(`\n${name}=${process.env[name] ?? ''}`);
  }
  addFiles(hash, join(root, 'package-lock.json'));
  for (const name of ['execute.py', 'kernel.cjs', 'kernelspec.mjs'])
    addFiles(hash, join(here, name));
  addFiles(hash, join(root, 'notebooks'), (file) => !/\.(ipynb|md)$|\/\.|node_modules/.test(file));
  const libraries = join(root, 'libs');
  for (const name of readdirSync(libraries).sort()) {
    addFiles(hash, join(libraries, name, 'package.json'));
    for (const part of ['dist', 'wasm']) {
      addFiles(hash, join(libraries, name, part), (file) => !/\.(map|tsbuildinfo)$/.test(file));
    }
  }
  return hash.digest('hex');
}

/**
 * Keeps the copies of notebooks that ran to their ends, so that one is not executed again as long as it,
 * the libraries and the machine are what they were. There is one copy a notebook.
 */
export class ExecutionCache {
  #surroundings = surroundings();

  #file(name) {
    const hash = createHash('sha256').update(this.#surroundings);
    const key = hash
      .update(readFileSync(notebookFile(name)))
      .digest('hex')
      .slice(0, 32);
    return join(folder, dirname(name), `${name.split('/').at(-1)}.${key}.ipynb`);
  }

  /** Copies the executed notebook to `copy`; says whether it was there. */
  take(name, copy) {
    const file = this.#file(name);
    if (!existsSync(file)) return false;
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
    return true;
  }

  /** Keeps an executed notebook instead of what was kept of that name. */
  keep(name, copy) {
    const file = this.#file(name);
    mkdirSync(dirname(file), { recursive: true });
    for (const other of readdirSync(dirname(file))) {
      if (other.startsWith(`${name.split('/').at(-1)}.`)) rmSync(join(dirname(file), other));
    }
    copyFileSync(copy, `${file}.partial`);
    renameSync(`${file}.partial`, file);
  }
}
