import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileError, InputError } from '@botlab/errors';
import { useEngine } from '@botlab/engine';
import { table1Markdown, table1Notes, writeResults } from '@botlab/training';
import { writeReport } from '../report-files';

/** What is typed after `botlab report`, beside the folder. */
export interface Options {
  readonly json?: true;
  /** Where to write what is worth keeping. */
  readonly results?: string;
}

const hasFacts = (folder: string): boolean => existsSync(join(folder, 'facts.json'));

/** The one experiment in `folder`, which may be that experiment's own folder. */
function findExperiment(folder: string): string {
  if (hasFacts(folder)) return folder;
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => hasFacts(join(folder, name)));
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

/** Does what `botlab report` was asked for. */
export async function run(folder: string, { json, results }: Options): Promise<void> {
  const experiment = findExperiment(folder);
  await useEngine('reference');
  const { table, ...files } = await writeReport(experiment);
  const kept = results && writeResults(experiment, table, results, basename(resolve(experiment)));
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...table, notes: table1Notes(table) }, null, 2)}\n`
      : `${table1Markdown(table)}\nReport: ${files.html}\nTable:  ${files.json}, ${files.markdown}\n` +
          (kept ? `Kept:   ${kept.json}, ${kept.markdown}\n` : ''),
  );
}
