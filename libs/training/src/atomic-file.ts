import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '@botlab/errors';

/**
 * Makes a folder and those above it, where they are missing.
 *
 * Level by level: under /proc, mkdirSync with `recursive` tries without end.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return;
    throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
  }
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Makes sure that `folder` is there and takes files, before long work whose result goes there.
 *
 * @throws InputError when it is a file, cannot be made or is read-only
 */
export function requireWritable(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw fileError('write to', folder, error);
  }
}

/**
 * Writes a file whole or not at all: to `path.partial`, flushed to the disk and renamed. Folders that
 * are missing are made. What a killed process left under that name, the next write replaces.
 *
 * The package write-file-atomic would do, but its synchronous half takes a short write, which is what
 * a disk gives that fills up, for a whole one.
 *
 * @throws InputError when the disk is full, the folder read-only and the like
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const partial = `${path}.partial`;
  try {
    makeFolder(dirname(path));
    const file = openSync(partial, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** The same for a value as indented JSON. */
export function writeJSON(path: string, value: unknown): void {
  writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
