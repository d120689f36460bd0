import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileError } from '@botlab/errors';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a file whole or not at all: to a temporary name beside it, flushed to the disk and renamed.
 * Folders that are missing are made.
 *
 * @throws InputError when the disk is full, the folder read-only and the like
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic.sync(path, typeof content === 'string' ? content : Buffer.from(content));
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/** The same for a value as indented JSON. */
export function writeJSON(path: string, value: unknown): void {
  writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
