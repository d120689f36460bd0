import { join } from 'node:path';
import { type Task, taskClasses } from '@botlab/data';
import { writeAtomically, writeJSON } from '@botlab/files';
import { architectureOf } from '@botlab/models';
import {
  architecture,
  classDistribution,
  confusionHeatmap,
  htmlReport,
  type ReportSection,
  table1Bars,
  trainingCurves,
} from '@botlab/plots';
import {
  buildRun,
  compareRuns,
  decimalsIn,
  halfTitle,
  halvesOf,
  listRuns,
  readTable1,
  type RunFilter,
  type RunFolder,
  type Table1,
  table1Cells,
  type Table1Half,
  type Table1Row,
  table1Markdown,
  table1Notes,
  tasksIn,
} from '@botlab/training';

/** A table, the part of it that was asked for, and where its report was written. */
export interface Report {
  readonly table: Table1;
  readonly asked: Table1;
  readonly json: string;
  readonly markdown: string;
  readonly html: string;
}

/** The model whose confusion and architecture are drawn: the paper's where it was run, else the last. */
const PAPERS_MODEL = 'res-1dcnn-lstm';

/** What a table calls itself. */
function nameOf({ title = 'Table 1' }: Table1): string {
  return title;
}

function resultSection(table: Table1, half: Table1Half): ReportSection {
  const heading = `${nameOf(table)}, ${halfTitle(table, half)}`;
  const [ceiling, ...others] = [...new Set(half.rows.map(({ set }) => set))].map(
    (place) => table.sets[place]!.ceiling,
  );
  // Where scalers or seeds have ceilings of their own, no one line is the ceiling: the table has them.
  const isOne = others.every((other) => other[half.task].accuracy === ceiling![half.task].accuracy);
  return {
    heading,
    table: table1Cells(table, half),
    figures: [
      table1Bars({ rows: half.rows, ...(isOne ? { ceiling: ceiling! } : {}) }, half.task, {
        title: heading,
        synthetic: table.data.synthetic,
        decimals: decimalsIn(half),
      }),
    ],
  };
}

function dataSection({ data }: Table1): ReportSection {
  return {
    heading: 'The data (Figure 2)',
    figures: [
      classDistribution(
        data.classes.map((name, i) => ({ name, count: data.classRows[i]! })),
        { synthetic: data.synthetic },
      ),
    ],
  };
}

/** A run that is drawn. */
interface Shown {
  readonly folder: RunFolder;
  readonly model: string;
  readonly variant: string;
  readonly task: Task;
  readonly title: string;
}

/** A run's title, with its scaler and its split where those of the table differ: each curve has a name of its own. */
function titleIn({ rows }: Table1, { title, scaler, split, heldOut }: Table1Row): string {
  const has = (of: (row: Table1Row) => unknown) =>
    new Set(rows.map((row) => JSON.stringify(of(row)))).size > 1;
  return [
    title,
    ...(has((row) => row.scaler) ? [scaler] : []),
    ...(has((row) => [row.split, row.heldOut])
      ? [`by ${[split, ...(heldOut ?? [])].join(' ')}`]
      : []),
  ].join(', ');
}

/** The runs of the first seed: a figure with a curve for every seed would be unreadable. */
function firstSeed(table: Table1, runs: readonly RunFolder[]): Shown[] {
  const seen = new Set<string>();
  return runs.flatMap((folder) => {
    const { model, variant = model, task } = folder.readConfig();
    const key = `${task} ${variant}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const row = table.rows.find((one) => one.variant === variant && one.task === task);
    return [{ folder, model, variant, task, title: row ? titleIn(table, row) : variant }];
  });
}

function reportSections(table: Table1, runs: readonly RunFolder[]): ReportSection[] {
  const shown = firstSeed(table, runs);
  const featured = shown.find(({ model }) => model === PAPERS_MODEL) ?? shown.at(-1)!;
  const ofFeatured = shown.filter(({ variant }) => variant === featured.variant);
  return [
    ...halvesOf(table).map((half) => resultSection(table, half)),
    { heading: 'What these numbers are', text: table1Notes(table).join('\n\n') },
    dataSection(table),
    ...curvesSection(table, shown),
    {
      heading: `What ${featured.title} confuses`,
      figures: ofFeatured.map(({ folder, task }) =>
        confusionHeatmap(
          { classes: [...taskClasses(task)], counts: folder.readMetrics().confusion },
          { title: `${featured.title}, ${task}`, synthetic: table.data.synthetic },
        ),
      ),
    },
    ...architectureSection(featured.folder, featured.title),
    settingsSection(runs),
  ];
}

/** The curves of what is trained in epochs; no section where nothing is. */
function curvesSection(table: Table1, shown: readonly Shown[]): ReportSection[] {
  const figures = tasksIn(table).flatMap((task) => {
    const curves = shown
      .filter((run) => run.task === task)
      .map(({ folder, title }) => ({ name: title, history: folder.readHistory() }))
      .filter(({ history }) => history.length > 0);
    if (curves.length === 0) return [];
    const { synthetic } = table.data;
    return [trainingCurves(curves, { title: `Accuracy and loss, ${task}`, synthetic })];
  });
  return figures.length === 0 ? [] : [{ heading: 'Accuracy and loss (Figure 3)', figures }];
}

/** None of what is no network. */
function architectureSection(folder: RunFolder, title: string): ReportSection[] {
  if (folder.readMetrics().kind !== 'network') return [];
  const { model } = buildRun(folder);
  try {
    return [
      {
        heading: `The architecture of ${title} (Figure 1)`,
        figures: [architecture(architectureOf(model), { title })],
      },
    ];
  } finally {
    model.dispose();
  }
}

function settingsSection([first]: readonly RunFolder[]): ReportSection {
  const { training, data, environment } = first!.readConfig();
  const rows = Object.entries({ ...training, ...data, ...environment }).map(([name, value]) => [
    name,
    typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value),
  ]);
  return {
    heading: 'How it was made',
    text: 'The settings of the first run; each run folder has its own in config.json.',
    table: { columns: ['setting', 'value'], rows },
  };
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
