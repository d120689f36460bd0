import { join } from 'node:path';
import { requireFileName, writeAtomically } from '@botlab/files';
import type { Environment } from '../run-config';
import { canonical } from './canonical';
import { readFacts } from './experiment-folder';
import { listRuns, type Table1 } from './read-table1';
import { table1Notes } from './table1-notes';
import { table1Tables, table1Title } from './table1-text';

/** What {@link writeResults} keeps of an experiment. */
export interface Results {
  /** What the numbers are of: `synthetic` rows are simulated. */
  readonly data: 'synthetic' | 'recorded';
  /** The command that made them. */
  readonly command?: string;
  /** With what: versions, commit, engine, processor; several where runs differ. */
  readonly environments: readonly Environment[];
  /** Each run with its scores, and what frames them. */
  readonly table: Table1;
}

/**
 * Writes what is worth keeping of an experiment, without rows and weights: `NAME.json` and `NAME.md` in a folder.
 *
 * @returns the paths of the two files
 * @throws InputError when the folder cannot be written
 */
export function writeResults(
  experiment: string,
  table: Table1,
  folder: string,
  name: string,
): { json: string; markdown: string } {
  const { command, plan } = readFacts(experiment);
  const environments = new Map(
    listRuns(experiment).map((run) => {
      const { environment } = run.readConfig();
      return [canonical(environment), environment] as const;
    }),
  );
  const results: Results = {
    data: table.data.synthetic ? 'synthetic' : 'recorded',
    ...(command === undefined ? {} : { command }),
    environments: [...environments.values()],
    table,
  };
  requireFileName(`${name}.json`, 'a file of results');
  const paths = { json: join(folder, `${name}.json`), markdown: join(folder, `${name}.md`) };
  const folders = [plan.data, ...plan.transfer].flatMap(({ source }) =>
    source.kind === 'csv' ? [source.folder] : [],
  );
  const json = JSON.stringify(results, undefined, 2);
  const escaped = folders.map((path) => JSON.stringify(path).slice(1, -1));
  writeAtomically(paths.json, `${withoutPaths(json, escaped)}\n`);
  writeAtomically(paths.markdown, withoutPaths(resultsMarkdown(results), folders));
  return paths;
}

/** A text with the last name of each folder for its path: where rows lie is of one machine alone. */
function withoutPaths(text: string, folders: readonly string[]): string {
  return folders.reduce(
    (left, folder) => left.replaceAll(folder, folder.split(/[/\\]+/).findLast(Boolean) ?? ''),
    text,
  );
}

function resultsMarkdown({ command, environments, table }: Results): string {
  const made = environments.map(
    ({ botlab, commit, node, engine, platform, cpu }) =>
      `- BotLab ${botlab}${commit === null ? '' : ` at ${commit}`}, Node ${node}, ${engine}, ${platform}, ${cpu}`,
  );
  return [
    `# ${table1Title(table)}`,
    ...(command === undefined ? [] : ['```sh\n' + command + '\n```']),
    table1Tables(table),
    table1Notes(table)
      .map((note) => `- ${note}`)
      .join('\n'),
    '## Made with',
    made.join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
