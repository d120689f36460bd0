import { readFileSync } from 'node:fs';
import { fileError } from '@botlab/errors';
import { writeAtomically } from './atomic-file';

/** Writes a value as indented JSON, whole or not at all. @throws InputError as {@link writeAtomically} does */
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
