import fs from 'node:fs';
import { fileError, InputError } from '@botlab/errors';

/** The name of a capture in sentences; "-" is standard input. */
export function captureName(capture: string): string {
  return capture === '-' ? 'standard input' : capture;
}

/**
 * Checks captures before the first is read, which may take hours.
 *
 * @param captures paths, or "-" for standard input
 * @returns bytes of all of them, as they are stored; undefined with a stream among them
 * @throws InputError for one that cannot be read, and for standard input twice
 */
export function requireCaptures(captures: readonly string[]): number | undefined {
  if (captures.filter((capture) => capture === '-').length > 1) {
    throw new InputError('Cannot read standard input twice: name "-" once.');
  }
  let total: number | undefined = 0;
  for (const capture of captures) {
    const bytes = capture === '-' ? undefined : sizeOf(capture);
    total = total === undefined || bytes === undefined ? undefined : total + bytes;
  }
  return total;
}

/** Bytes of a file; undefined for what is a stream. */
function sizeOf(capture: string): number | undefined {
  try {
    fs.accessSync(capture, fs.constants.R_OK);
    const stats = fs.statSync(capture);
    if (!stats.isDirectory()) return stats.isFile() ? stats.size : undefined;
    throw Object.assign(new Error(`${capture} is a folder`), { code: 'EISDIR' });
  } catch (cause) {
    throw fileError('read', capture, cause);
  }
}

/**
 * Makes sure that a file to be written is none of the captures, by whatever name.
 *
 * @throws InputError that names the file
 */
export function requireNoCapture(file: string, captures: readonly string[]): void {
  const written = statsOf('write', file);
  if (written === undefined) return;
  for (const capture of captures) {
    const read = capture === '-' ? undefined : statsOf('read', capture);
    if (read?.dev === written.dev && read.ino === written.ino) {
      throw new InputError(
        `Cannot write ${file}: it is the capture ${capture}, which is only read; choose another name.`,
      );
    }
  }
}

function statsOf(action: string, file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch (cause) {
    throw fileError(action, file, cause);
  }
}
