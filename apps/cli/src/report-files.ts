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
  listRuns,
  readTable1,
  type RunFolder,
  type Table1,
  table1Cells,
  table1Markdown,
  table1Notes,
  tasksIn,
} from '@botlab/training';

/** A table, and where its report was written. */
export interface Report {
  readonly table: Table1;
  readonly json: string;
  readonly markdown: string;
  readonly html: string;
}

/** The model whose confusion and architecture are drawn: the paper's where it was run, else the last. */
const PAPERS_MODEL = 'res-1dcnn-lstm';

/** A title that says where its numbers are of synthetic data: figures are saved and shown alone. */
function marked({ data }: Table1, title: string): string {
  return data.synthetic ? `${title} (synthetic data)` : title;
}

function resultSection(table: Table1, task: Task): ReportSection {
  return {
    heading: `Table 1, ${task}`,
    table: table1Cells(table, task),
    figures: [
      table1Bars(table, task, {
        title: marked(table, `Table 1, ${task} task: ours beside the paper's`),
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

/** The runs of the first seed: a figure with a curve for every seed would be unreadable. */
function firstSeed(runs: readonly RunFolder[]): { folder: RunFolder; model: string; task: Task }[] {
  const seen = new Set<string>();
  return runs.flatMap((folder) => {
    const { model, task } = folder.readConfig();
    const key = `${task} ${model}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ folder, model, task }];
  });
}

function titleOf(model: string, { rows }: Table1): string {
  return rows.find((row) => row.model === model)?.title ?? model;
}

function reportSections(table: Table1, runs: readonly RunFolder[]): ReportSection[] {
  const tasks = tasksIn(table);
  const shown = firstSeed(runs);
  const models = [...new Set(shown.map(({ model }) => model))];
  const featured = models.find((model) => model === PAPERS_MODEL) ?? models.at(-1)!;
  const curves = tasks.map((task) =>
    trainingCurves(
      shown
        .filter((run) => run.task === task)
        .map(({ folder, model }) => ({
          name: titleOf(model, table),
          history: folder.readHistory(),
        }))
        .filter(({ history }) => history.length > 0),
      { title: marked(table, `Accuracy and loss, ${task}`) },
    ),
  );
  const confusion = shown
    .filter(({ model }) => model === featured)
    .map(({ folder, task }) =>
      confusionHeatmap(
        { classes: [...taskClasses(task)], counts: folder.readMetrics().confusion },
        { title: marked(table, `${titleOf(featured, table)}, ${task}`) },
      ),
    );
  return [
    ...tasks.map((task) => resultSection(table, task)),
    { heading: 'What these numbers are', text: table1Notes(table).join('\n\n') },
    dataSection(table),
    { heading: 'Accuracy and loss (Figure 3)', figures: curves },
    { heading: `What ${titleOf(featured, table)} confuses`, figures: confusion },
    ...architectureSection(
      shown.find(({ model }) => model === featured)!.folder,
      titleOf(featured, table),
    ),
    settingsSection(runs),
  ];
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
 * @throws InputError when there is no finished run, or the folder cannot be written
 */
export function writeReport(experiment: string): Report {
  const table = readTable1(experiment);
  const runs = listRuns(experiment);
  const files = {
    json: join(experiment, 'table1.json'),
    markdown: join(experiment, 'table1.md'),
    html: join(experiment, 'report.html'),
  };
  writeJSON(files.json, table);
  writeAtomically(files.markdown, table1Markdown(table));
  const html = htmlReport({
    title: `Table 1: botnet detection on ${table.data.synthetic ? 'simulated ' : ''}N-BaIoT`,
    subtitle: `Res-1DCNN-LSTM and its rivals, profile ${table.profile}`,
    notices: table.data.synthetic
      ? ['Synthetic data: these rows were simulated, not recorded.']
      : [],
    sections: reportSections(table, runs),
    generated: new Date(),
  });
  writeAtomically(files.html, html);
  return { table, ...files };
}
