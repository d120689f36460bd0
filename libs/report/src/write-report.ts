import { join } from 'node:path';
import { writeAtomically, writeJSON } from '@botlab/files';
import { htmlReport } from '@botlab/plots';
import {
  compareRuns,
  listRuns,
  readTable1,
  type RunFilter,
  type Table1,
  table1Markdown,
  table1Notes,
} from '@botlab/training';
import { reportSections } from './report-sections';
import { nameOf } from './title';

/** A table, the part of it that was asked for, and where its report was written. */
export interface Report {
  readonly table: Table1;
  readonly asked: Table1;
  readonly json: string;
  readonly markdown: string;
  readonly html: string;
}

/**
 * Makes table1.json, table1.md and report.html in the folder of an experiment, from its run folders alone: of all
 * its finished runs.
 *
 * @param filter which runs were asked for
 * @throws InputError when there is no finished run, or the folder cannot be written
 */
export async function writeReport(experiment: string, filter: RunFilter = {}): Promise<Report> {
  const table = await compared(experiment, {});
  const part = readTable1(experiment, filter);
  const asked = part.rows.length === table.rows.length ? table : await compared(experiment, filter);
  const files = {
    json: join(experiment, 'table1.json'),
    markdown: join(experiment, 'table1.md'),
    html: join(experiment, 'report.html'),
  };
  writeJSON(files.json, { ...table, notes: table1Notes(table) });
  writeAtomically(files.markdown, table1Markdown(table));
  const html = htmlReport({
    title: `${nameOf(table)}: botnet detection on ${table.data.synthetic ? 'simulated ' : ''}N-BaIoT`,
    subtitle: `Profile ${table.profile}`,
    notices: table.data.synthetic
      ? ['Synthetic data: these rows were simulated, not recorded.']
      : [],
    sections: reportSections(table, listRuns(experiment)),
    generated: new Date(),
  });
  writeAtomically(files.html, html);
  return { table, asked, ...files };
}

/** A table with what can be said of its differences. */
async function compared(experiment: string, filter: RunFilter): Promise<Table1> {
  const table = readTable1(experiment, filter);
  return { ...table, comparisons: await compareRuns(experiment, table) };
}
