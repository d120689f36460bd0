import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { partialPrefix, writerOf } from './partial-name';

/** Of another machine it is not known who lives: what nobody has written to for so long goes. */
const ABANDONED_MS = 24 * 3_600_000;

/**
 * Removes from a folder and those in it what processes that were killed had not finished writing. Does
 * nothing where there is no folder.
 */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder, true)) removeAbandoned(folder, name);
}

/** The same for what was to become one file. */
export function removeLeftoversOf(file: string): void {
  const [folder, prefix] = [dirname(file), partialPrefix(file)];
  for (const name of namesIn(folder, false)) {
    const rest = name.slice(prefix.length - 1);
    // Not of a file whose name goes on: "a.csv" against "a.csv.gz".
    if (name.startsWith(prefix) && rest.split('.').length === 3) removeAbandoned(folder, name);
  }
}

function namesIn(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' });
  } catch {
    return []; // whoever writes there says why it cannot be done
  }
}

function removeAbandoned(folder: string, name: string): void {
  const writer = writerOf(basename(name));
  if (writer === undefined) return;
  const file = join(folder, name);
  if (writer.isHere ? isAlive(writer.pid) : isFresh(file)) return;
  try {
    rmSync(file, { force: true });
  } catch {
    // Another person's, in a folder that many share: it is theirs to remove.
  }
}

function isFresh(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs > Date.now() - ABANDONED_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
