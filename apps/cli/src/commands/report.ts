import { basename, resolve } from 'node:path';
import { useEngine } from '@botlab/engine';
import { findExperiment, keepResults, placesText, writeReport } from '@botlab/report';
import { table1Markdown, table1Notes } from '@botlab/training';

/** What is typed after `botlab report`, beside the folder. */
export interface Options {
  readonly json?: true;
  /** Where to write what is worth keeping. */
  readonly results?: string;
}

/** Does what `botlab report` was asked for. */
export async function run(folder: string, { json, results }: Options): Promise<void> {
  const experiment = findExperiment(folder);
  await useEngine('reference');
  const { table, ...files } = await writeReport(experiment);
  const name = basename(resolve(experiment));
  const kept = results ? keepResults(experiment, table, results, name) : undefined;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...table, notes: table1Notes(table) }, null, 2)}\n`
      : `${table1Markdown(table)}\n${placesText(files, kept)}\n`,
  );
}
