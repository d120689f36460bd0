import { classDistribution, type ReportSection } from '@botlab/plots';
import { halvesOf, type RunFolder, type Table1, table1Notes } from '@botlab/training';
import { resultSection } from './result-section';
import {
  architectureSection,
  confusionSection,
  curvesSection,
  settingsSection,
} from './run-sections';
import { shownRuns } from './shown-run';

/** The model whose confusion and architecture are drawn: the paper's where it was run, else the last. */
const PAPERS_MODEL = 'res-1dcnn-lstm';

/** What the report of an experiment holds, in its order: tables, notes, the data, curves, confusion, architecture, settings. */
export function reportSections(table: Table1, runs: readonly RunFolder[]): ReportSection[] {
  const shown = shownRuns(table, runs);
  const featured = shown.find(({ model }) => model === PAPERS_MODEL) ?? shown.at(-1)!;
  const ofFeatured = shown.filter(({ variant }) => variant === featured.variant);
  return [
    ...halvesOf(table).map((half) => resultSection(table, half)),
    { heading: 'What these numbers are', text: table1Notes(table).join('\n\n') },
    dataSection(table),
    ...curvesSection(table, shown),
    confusionSection(table, featured.title, ofFeatured),
    ...architectureSection(featured.folder, featured.title),
    settingsSection(runs),
  ];
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
