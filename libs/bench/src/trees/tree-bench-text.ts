import { count, counted, markdownTable, percent, shortNumber } from '@botlab/text';
import { measuredText } from '../measured-text';
import type { Range, TreeBenchRow } from './tree-benchmark';
import type { TreeQuality } from './tree-quality';
import type { TreeRows } from './tree-rows';

/** What was measured, and what it was compared with. */
export interface TreeBenchTitles {
  readonly engine: string;
  readonly against: string | undefined;
  readonly data: TreeRows;
}

type Column = readonly [heading: string, cell: (row: TreeBenchRow) => string];

/** Times of trees, for a terminal. */
export function treeBenchText(
  rows: readonly TreeBenchRow[],
  { engine, against, data: { train, test, features, classes } }: TreeBenchTitles,
): string {
  const { threads, rounds } = rows[0]!;
  const turns = against === undefined ? '' : ` against ${against}, in turns`;
  const models = new Map(rows.map(({ model, settings }) => [model, settings]));
  return [
    `Synthetic (simulated) rows: ${count(train.y.length)} to fit to, ${count(test.y.length)} to answer; ` +
      `${features} features, ${classes} classes; ${counted(threads, 'thread')}.`,
    `Engine ${engine}${turns}; medians of ${counted(rounds, 'round')}. A fit bins its rows.`,
    ...Array.from(models, ([model, settings]) => `${model}: ${settingsText(settings)}.`),
    ...table(rows, 'train', fitColumns(rows)),
    ...table(rows, 'infer', answerColumns(rows)),
  ].join('\n');
}

function table(
  rows: readonly TreeBenchRow[],
  work: TreeBenchRow['work'],
  columns: readonly (Column | false)[],
): string[] {
  const those = rows.filter((row) => row.work === work);
  if (those.length === 0) return [];
  const shown = [model, ...columns.filter((column) => column !== false)];
  const headings = shown.map(([heading]) => heading);
  return [
    '',
    markdownTable(
      headings,
      those.map((row) => shown.map(([, cell]) => cell(row))),
    ),
  ];
}

const model: Column = ['model', (row) => row.model];

/** Of fits: seconds, so that less is better. */
function fitColumns(rows: readonly TreeBenchRow[]): (Column | false)[] {
  const { against } = rows[0]!;
  const compared = against !== null;
  const memory = rows.some(({ peakMemoryMB }) => peakMemoryMB !== undefined);
  return [
    ['s a fit', ({ ms }) => shortNumber(ms / 1000)],
    compared && [`${against}, s`, ({ againstMs }) => shortNumber(againstMs! / 1000)],
    compared && [`ours / ${against}`, ({ ratio }) => ratio!.toFixed(2)],
    compared && ['in the rounds', ({ ratioRange }) => rangeText(ratioRange!)],
    ...qualityColumns(against),
    memory && ['peak MB', ({ peakMemoryMB }) => measuredText(peakMemoryMB)],
    memory &&
      compared && [
        `${against}, peak MB`,
        ({ againstPeakMemoryMB }) => measuredText(againstPeakMemoryMB),
      ],
  ];
}

/** Of answers: rows a second, so that more is better. */
function answerColumns(rows: readonly TreeBenchRow[]): (Column | false)[] {
  const { against } = rows[0]!;
  const compared = against !== null;
  return [
    ['rows a batch', ({ rows: batch }) => count(batch)],
    ['rows/s', ({ rowsPerSecond }) => shortNumber(rowsPerSecond)],
    compared && [
      `${against}, rows/s`,
      ({ againstRowsPerSecond }) => shortNumber(againstRowsPerSecond!),
    ],
    compared && [`ours / ${against}`, ({ ratio }) => shortNumber(1 / ratio!)],
    compared && ['in the rounds', ({ ratioRange }) => rangeText(inverse(ratioRange!))],
    ...(rows.some(({ work }) => work === 'train') ? [] : qualityColumns(against)),
  ];
}

function qualityColumns(against: TreeBenchRow['against']): (Column | false)[] {
  return [
    ['answers (%)', ({ quality }) => qualityText(quality)],
    against !== null && [`${against}'s (%)`, ({ againstQuality }) => qualityText(againstQuality!)],
  ];
}

function qualityText(quality: TreeQuality): string {
  if ('rocAuc' in quality)
    return quality.rocAuc === null ? '' : `ROC AUC ${percent(quality.rocAuc)}`;
  return `accuracy ${percent(quality.accuracy)}, macro F1 ${percent(quality.macroF1)}`;
}

function settingsText(settings: TreeBenchRow['settings']): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

function rangeText([least, most]: Range): string {
  return `${shortNumber(least)} to ${shortNumber(most)}`;
}

function inverse([least, most]: Range): Range {
  return [1 / most, 1 / least];
}
