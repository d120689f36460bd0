import { taskClasses } from '@botlab/data';
import { architectureOf } from '@botlab/models';
import { architecture, confusionHeatmap, type ReportSection, trainingCurves } from '@botlab/plots';
import { buildRun, type RunFolder, type Table1, tasksIn } from '@botlab/training';
import type { ShownRun } from './shown-run';

/** The curves of what is trained in epochs; no section where nothing is. */
export function curvesSection(table: Table1, shown: readonly ShownRun[]): ReportSection[] {
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

/** What the runs of one model take for what. */
export function confusionSection(
  table: Table1,
  title: string,
  shown: readonly ShownRun[],
): ReportSection {
  return {
    heading: `What ${title} confuses`,
    figures: shown.map(({ folder, task }) =>
      confusionHeatmap(
        { classes: [...taskClasses(task)], counts: folder.readMetrics().confusion },
        { title: `${title}, ${task}`, synthetic: table.data.synthetic },
      ),
    ),
  };
}

/** The layers of a network; no section of what is none. */
export function architectureSection(folder: RunFolder, title: string): ReportSection[] {
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

/** What the first run was made with. */
export function settingsSection([first]: readonly RunFolder[]): ReportSection {
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
