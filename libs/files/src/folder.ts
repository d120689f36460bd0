import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '@botlab/errors';

/**
 * Makes a folder and those above it, where they are missing.
 *
 * Level by level: under /proc, mkdirSync with `recursive` tries without end.
 *
 * @throws what the file system says
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  // Only of a working folder that was removed.
  if (above === path) throw Object.assign(new Error(`${path} is gone`), { code: 'ENOENT' });
  makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile; else it is a link that leads nowhere.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(path)) throw error;
  }
}

/** Whether it is a folder; false where there is nothing. */
function isFolder(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return stats !== undefined;
  throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
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
