import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileError, InputError } from '@botlab/errors';
import { hasPlan } from '@botlab/training';

/**
 * The one experiment in `folder`, which may be that experiment's own folder.
 *
 * @throws InputError where there is none, or there are several
 */
export function findExperiment(folder: string): string {
  if (hasPlan(folder)) return folder;
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => hasPlan(join(folder, name)));
  } catch (error) {
    throw fileError('read', folder, error);
  }
  if (names.length === 1) return join(folder, names[0]!);
  throw new InputError(
    names.length === 0
      ? `Cannot report on ${folder}: no experiment in it; run botlab table1 --out ${folder} first.`
      : `Cannot report on ${folder}: it holds several experiments; name one of ${names.map((name) => join(folder, name)).join(', ')}.`,
  );
}
