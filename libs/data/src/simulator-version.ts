import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

let version: string | undefined;

/**
 * Changes whenever what the simulator makes may have changed: SHA-256 (hex) of the program text of
 * the rooms that make it, and of the engine whose logarithms and sines it takes.
 *
 * It is not a digest of some rows: a change may show only minutes into one of the captures, and a
 * number kept by hand is forgotten. The price is that a changed comment counts as well.
 */
export function simulatorVersion(): string {
  version ??= digest(['@botlab/random', '@botlab/traffic']);
  return version;
}

function digest(rooms: readonly string[]): string {
  const hash = createHash('sha256').update(process.versions.v8);
  for (const room of rooms) {
    const folder = path.dirname(require.resolve(room));
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    // The tests are not part of the program; they lie beside it where it runs from its sources.
    for (const name of names.filter((name) => /(?<!\.spec|\.d)\.[jt]s$/.test(name)).sort()) {
      hash.update(`${room} ${name}\n`).update(readFileSync(path.join(folder, name)));
    }
  }
  return hash.digest('hex');
}
