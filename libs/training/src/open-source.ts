import { csvSource, type ReadOptions, simulatedSource, type Source } from '@botlab/data';
import { InputError } from '@botlab/errors';
import type { SourceSpec } from './run-config';

export interface OpenOptions extends ReadOptions {
  /** Folder for simulated rows; that of `simulationFolder()` where it is left out. */
  readonly cache?: string;
}

/**
 * Opens what a run folder remembers of where its rows came from.
 *
 * @throws InputError for a folder or file that is not as it should be, or a table that was in memory
 */
export async function openSource(
  spec: SourceSpec,
  { cache, ...read }: OpenOptions = {},
): Promise<Source> {
  if (spec.kind === 'csv') return csvSource(spec.folder, read);
  if (spec.kind === 'table') {
    throw new InputError(
      `Cannot open the rows of ${spec.name}: they were a table in memory; name a folder of rows, such as with --data DIR.`,
    );
  }
  const { seed, scale } = spec;
  return simulatedSource({ seed, scale, cache });
}
