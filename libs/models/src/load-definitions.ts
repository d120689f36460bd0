import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const loaded = new Set<string>();

/** Loads each file of a folder, once: one that defines something, such as a model, is all that adding it takes. */
export function loadDefinitions(folder: string): void {
  if (loaded.has(folder)) return;
  loaded.add(folder);
  for (const file of readdirSync(folder).sort()) {
    if (!/^[^.]+\.(js|ts)$/.test(file)) continue; // neither a test, a type nor a source map
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(join(folder, file));
  }
}
