import { resolve } from 'node:path';
import { type SimulationPlace, simulationPlace, type Source } from '@botlab/data';
import { type OpenOptions, openSource, type SourceSpec } from '@botlab/training/light';

/** Files left alone that a line names; it counts the rest. */
const MOST_NAMED = 5;

/** Opens data, and says on stderr where they are simulated, and which files of a folder are left alone. */
export async function openData(
  spec: SourceSpec,
  { cache, ...read }: OpenOptions = {},
): Promise<Source> {
  const source = await openSource(spec, {
    ...read,
    ...(spec.kind === 'simulated' ? { cache: cacheOf(cache) } : {}),
  });
  const { others = [] } = source;
  if (others.length > 0) {
    const rest = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
    process.stderr.write(
      `no data by their names, left alone: ${others.slice(0, MOST_NAMED).join(', ')}${rest}\n`,
    );
  }
  return source;
}

/** The folder that simulated rows are kept in, which is said on stderr. */
function cacheOf(named: string | undefined): string {
  const { folder, insteadOf }: SimulationPlace =
    named === undefined ? simulationPlace() : { folder: resolve(named) };
  const unusual = insteadOf === undefined ? '' : `, since ${insteadOf} cannot be written`;
  process.stderr.write(
    `no --data: using the simulated data set (synthetic), made on first use in ${folder}${unusual}\n`,
  );
  return folder;
}

/** What a progress bar says while rows come from a source. */
export function readingLabel({ kind }: SourceSpec): string {
  return kind === 'simulated' ? 'simulating data' : 'reading data';
}
