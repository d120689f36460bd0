import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A new folder for a run, below one of this process. */
export function temporaryRun(): string {
  if (folder === undefined) {
    folder = mkdtempSync(join(tmpdir(), 'botlab-'));
    process.once('exit', removeTemporaryRuns);
  }
  return mkdtempSync(join(folder, 'run-'));
}

/**
 * Removes the folders of all runs that `fit` made without `out`. They go with the process by themselves, but not where
 * that is killed, as the kernel of a notebook may be.
 */
export function removeTemporaryRuns(): void {
  if (folder === undefined) return;
  rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}
