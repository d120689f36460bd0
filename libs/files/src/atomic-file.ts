import { dirname } from 'node:path';
import { fileError } from '@botlab/errors';
import { makeFolder } from './folder';
import { PartialFile } from './partial-file';

/**
 * Writes a file whole or not at all: under another name, flushed to the disk and renamed. Folders that
 * are missing are made.
 *
 * @throws InputError when the disk is full, the folder read-only and the like
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const file = open(path);
  file.write(typeof content === 'string' ? Buffer.from(content) : content);
  file.close();
}

/**
 * The same for what is written by something that takes a name: `write` is given that of an empty file to
 * be written over, which has its own name once `write` is done, and is gone if it fails.
 */
export async function writeThrough(
  path: string,
  write: (partial: string) => Promise<void>,
): Promise<void> {
  const file = open(path);
  try {
    await write(file.partial);
    file.close();
  } finally {
    file.abort();
  }
}

function open(path: string): PartialFile {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw fileError('write', path, error);
  }
  return new PartialFile(path);
}
