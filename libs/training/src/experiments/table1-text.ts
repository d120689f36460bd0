import { CLASSES, type Task, TASKS } from '@botlab/data';
import { count, percent } from '../number-text';
import type { LeftOut } from '../task-data';
import type { Table1, Table1Row } from './read-table1';

/** Mean, with the standard deviation where there are several values; in per cent. */
export function meanPercent(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return percent(mean);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${percent(mean)} ± ${percent(Math.sqrt(squares / (values.length - 1)))}`;
}

/** One task's half of Table 1 as cells, in per cent: ours beside the paper's, ceiling and stump under it. */
export function table1Cells(table: Table1, task: Task): { columns: string[]; rows: string[][] } {
  const runs = table.rows.filter((row) => row.task === task);
  const models = [...new Set(runs.map(({ model }) => model))];
  const { stump, data } = table;
  const ceiling = table.ceiling[task];
  return {
    columns: [
      data.synthetic ? `${task} (%), synthetic data` : `${task} (%)`,
      'accuracy',
      'macro F1',
      "paper's accuracy",
      "paper's F1",
    ],
    rows: [
      ...models.map((model) => modelCells(runs.filter((row) => row.model === model))),
      ['ceiling', percent(ceiling.accuracy), percent(ceiling.macroF1), '', ''],
      ...(task === 'binary'
        ? [['stump', percent(stump.accuracy), percent(stump.macroF1), '', '']]
        : []),
    ],
  };
}

/** The cells of one model's runs, one a seed. */
function modelCells(runs: readonly Table1Row[]): string[] {
  const { title, paper } = runs[0]!;
  return [
    title,
    meanPercent(runs.map(({ accuracy }) => accuracy)),
    meanPercent(runs.map(({ macroF1 }) => macroF1)),
    paper ? percent(paper.accuracy) : '–',
    paper ? percent(paper.f1) : '–',
  ];
}

/** The tasks that a table has runs of, in their fixed order. */
export function tasksIn({ rows }: Table1): Task[] {
  return TASKS.filter((task) => rows.some((row) => row.task === task));
}

/** What stands above the table. */
export function table1Title({ data }: Pick<Table1, 'data'>): string {
  return data.synthetic ? 'Table 1, on synthetic data' : 'Table 1';
}

/** The halves of Table 1, one a task, as Markdown. */
export function table1Tables(table: Table1): string {
  const tables = tasksIn(table).map((task) => {
    const { columns, rows } = table1Cells(table, task);
    return markdownTable(columns, rows);
  });
  return tables.join('\n\n');
}

/** A Markdown table with columns padded to one width, so that it reads as well in a terminal. */
export function markdownTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map((column, c) =>
    Math.max(column.length, ...rows.map((row) => row[c]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join(' | ')} |`;
  const rule = widths.map((width, c) =>
    c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Section 4.3. */
const PAPER_EPOCHS = 30;

/** What is said of rows that are not scored. */
export function leftOutText({ rows, classes }: LeftOut): string {
  return (
    `${count(rows)} of the rows to score are left out: no training row is of their class ` +
    `(${classes.join(', ')}), which no model can then name.`
  );
}

/** What the table's numbers are about, sentence by sentence. */
export function table1Notes(table: Table1): string[] {
  const { data, ceiling, stump, other, profile, engine, rows } = table;
  const tasks = tasksIn(table);
  const both = (of: (task: Task) => string): string => tasks.map(of).join(' and ');
  const seeds = [...new Set(rows.map(({ seed }) => seed))];
  const epochs = Math.max(0, ...rows.map((row) => row.epochs ?? 0));
  const sign = stump.attackAbove ? '>' : '≤';
  return [
    ...(data.synthetic
      ? [
          'SYNTHETIC DATA: these rows were simulated, not recorded; ours are no measurement on N-BaIoT.',
        ]
      : []),
    `Data (${data.synthetic ? 'synthetic' : 'real'}): ${data.source}; ${count(data.rows)} of ` +
      `${count(data.sourceRows)} rows from ${data.files} files of ${data.devices.length} devices; ` +
      `classes present: ${data.classes.join(', ')}.`,
    `Trained on ${count(data.trainRows)} rows, tested on ${count(data.testRows)}: ` +
      `${data.splitDescription}; leakage: ${data.leakage};${data.drop.length > 0 ? ` left out: ${data.drop.join(', ')};` : ''} scaler: ${data.scaler}.`,
    `Profile ${profile}, engine${engine.includes(',') ? 's' : ''} ${engine}, seed${seeds.length > 1 ? 's' : ''} ${seeds.join(', ')}.` +
      (epochs > 0 && epochs < PAPER_EPOCHS
        ? ` Trained for ${count(epochs)} epoch${epochs > 1 ? 's' : ''} where the paper has ${PAPER_EPOCHS}: ` +
          'what the models can do is more than this shows, the slow learners (LSTM, GRU) most of all.'
        : ''),
    ...(tasks.includes('multiclass') && data.leftOut.rows > 0
      ? [`Multiclass: ${leftOutText(data.leftOut)}`]
      : []),
    'Ceiling: the best that any classifier can reach on these test rows, since identical rows with ' +
      'different labels get one answer.',
    `Stump: attack where ${stump.feature} ${sign} ${stump.threshold.toPrecision(6)}, fitted on the training rows.`,
    `With --leakage ${other.leakage} the ceiling would be ` +
      `${both((task) => `${percent(other.bounds.ceiling[task].accuracy)} % (${task})`)} accuracy instead of ` +
      `${both((task) => `${percent(ceiling[task].accuracy)} %`)}, and the stump's ` +
      `${percent(other.bounds.stump.accuracy)} % (by ${other.bounds.stump.feature}) instead of ${percent(stump.accuracy)} %.`,
    'The paper took 5 % of the whole data set, 353,130 rows of 11 classes, and does not say how its F1 is averaged.' +
      (data.classes.length < CLASSES.length
        ? ` Here ${data.classes.length} of the 11 classes are present: compare ours with the ceiling, not with the paper's.`
        : ''),
  ];
}

/** `table1.md`: the tables with their notes. */
export function table1Markdown(table: Table1): string {
  const notes = table1Notes(table).map((note) => `- ${note}`);
  return `# ${table1Title(table)}\n\n${table1Tables(table)}\n\n${notes.join('\n')}\n`;
}
