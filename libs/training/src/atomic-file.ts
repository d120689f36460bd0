import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '@botlab/data';
import { fileError } from '@botlab/errors';

/**
 * The name under which this process writes a file before it is whole. Two processes at work in one
 * folder then do not write into each other's.
 */
export function partialName(path: string): string {
  return `${path}.${process.pid}.partial`;
}

/** Removes from a folder what processes that were killed had not finished writing. */
export function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const pid = /\.(\d+)\.partial$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Writes a file whole or not at all: under another name, flushed to the disk and renamed. Folders that
 * are missing are made.
 *
 * The package write-file-atomic would do, but its synchronous half takes a short write, which is what
 * a disk gives that fills up, for a whole one.
 *
 * @throws InputError when the disk is full, the folder read-only and the like
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const partial = partialName(path);
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

/**
 * The value of a JSON file; undefined, which no schema takes, where its text is not JSON.
 *
 * @throws InputError when it cannot be read
 */
export function readJSON(path: string): unknown {
  return parseJSON(readText(path));
}

/** The text of a file. @throws InputError when it cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError('read', path, error);
  }
}

/** The value of a JSON text; undefined where it is not JSON. */
export function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
