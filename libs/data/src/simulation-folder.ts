import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@botlab/errors';
import { requireWritable } from '@botlab/files';
import { cacheFolder } from './cache-folder';

/** Where simulated rows are kept, and the folder that they would be in if it could be made. */
export interface SimulationPlace {
  readonly folder: string;
  readonly insteadOf?: string;
}

/**
 * Where simulated rows are kept unless another folder is named: in `$BOTLAB_CACHE`; else in the system's cache
 * folder, or where that cannot be made, as with a home that is read-only, in the one for temporary files.
 */
export function simulationPlace(
  env: Readonly<Record<string, string | undefined>> = process.env,
  caches = cacheFolder(),
): SimulationPlace {
  const named = env['BOTLAB_CACHE'];
  if (named) return { folder: path.resolve(named) };
  const usual = path.join(caches, 'botlab', 'simulated');
  if (existsSync(usual)) return { folder: usual }; // what is kept there can be read at least
  try {
    requireWritable(usual);
    return { folder: usual };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const own = `botlab-${process.getuid?.() ?? 'cache'}`; // others may use the same folder
    return { folder: path.join(tmpdir(), own, 'simulated'), insteadOf: usual };
  }
}

/** The folder of {@link simulationPlace}. */
export function simulationFolder(): string {
  return simulationPlace().folder;
}
