import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '@botlab/errors';

/**
 * Makes a folder and those above it, where they are missing.
 *
 * Level by level: under /proc, mkdirSync with `recursive` tries without end.
 */
export function makeFolder(path: string): void {
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
