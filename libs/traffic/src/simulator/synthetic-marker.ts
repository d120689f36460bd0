import fs from 'node:fs';
import path from 'node:path';
import { fileError } from '@botlab/errors';

/** The file that marks a folder of simulated data. */
export const SYNTHETIC_MARKER = 'SYNTHETIC.txt';

/** Its first line. */
export const SYNTHETIC_LINE = 'SYNTHETIC DATA: simulated by botlab, not recorded.';

/**
 * Whether a folder is marked as simulated.
 *
 * @throws InputError where the marker cannot be read
 */
export function isMarkedSynthetic(folder: string): boolean {
  const marker = path.join(folder, SYNTHETIC_MARKER);
  try {
    return fs.readFileSync(marker, 'utf8').startsWith(SYNTHETIC_LINE);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw fileError('read', marker, cause);
  }
}
