import type { Task } from '@botlab/data';
import type { Table1, Table1Row } from './read-table1';

const percent = (fraction: number): string => (100 * fraction).toFixed(2);

/** Mean, with the standard deviation where there are several values; in per cent. */
export function meanPercent(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return percent(mean);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${percent(mean)} ± ${percent(Math.sqrt(squares / (values.length - 1)))}`;
}

/** Table 1 as cells: ours beside the paper's, the ceiling and the stump under it. */
export function table1Cells(table: Table1): { columns: string[]; rows: string[][] } {
  const tasks = [...new Set(table.rows.map(({ task }) => task))];
  const models = [...new Set(table.rows.map(({ model }) => model))];
  const columns = tasks.flatMap((task) => [
    `${task} accuracy`,
    'macro F1',
    "paper's accuracy",
    "paper's F1",
  ]);
  const runs = (model: string, task: Task) =>
    table.rows.filter((row) => row.model === model && row.task === task);
  const cells = (rows: readonly Table1Row[]): string[] => {
    const [first] = rows;
    if (first === undefined) return ['–', '–', '–', '–'];
    return [
      meanPercent(rows.map(({ accuracy }) => accuracy)),
      meanPercent(rows.map(({ macroF1 }) => macroF1)),
      first.paper ? percent(first.paper.accuracy) : '–',
      first.paper ? percent(first.paper.f1) : '–',
    ];
  };
  const { ceiling, stump } = table;
  return {
    columns: ['model (%)', ...columns],
    rows: [
      ...models.map((model) => [
        table.rows.find((row) => row.model === model)!.title,
        ...tasks.flatMap((task) => cells(runs(model, task))),
      ]),
      [
        'ceiling',
        ...tasks.flatMap((task) => [
          percent(ceiling[task].accuracy),
          percent(ceiling[task].macroF1),
          '',
          '',
        ]),
      ],
      [
        'stump',
        ...tasks.flatMap((task) =>
          task === 'binary'
            ? [percent(stump.accuracy), percent(stump.macroF1), '', '']
            : ['', '', '', ''],
        ),
      ],
    ],
  };
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

const number = (value: number): string => value.toLocaleString('en-US');

/** What the table's numbers are about, sentence by sentence. */
export function table1Notes({
  data,
  ceiling,
  stump,
  other,
  profile,
  engine,
  rows,
}: Table1): string[] {
  const seeds = [...new Set(rows.map(({ seed }) => seed))];
  const sign = stump.attackAbove ? '>' : '≤';
  return [
    ...(data.synthetic ? ['SYNTHETIC DATA: these rows were simulated, not recorded.'] : []),
    `Data (${data.synthetic ? 'synthetic' : 'real'}): ${data.source}; ${number(data.rows)} of ` +
      `${number(data.sourceRows)} rows from ${data.files} files of ${data.devices.length} devices; ` +
      `classes present: ${data.classes.join(', ')}.`,
    `Trained on ${number(data.trainRows)} rows, tested on ${number(data.testRows)}: ` +
      `${data.splitDescription}; leakage: ${data.leakage}.`,
    `Profile ${profile}, engine ${engine}, seed${seeds.length > 1 ? 's' : ''} ${seeds.join(', ')}.`,
    'Ceiling: the best that any classifier can reach on these test rows, since identical rows with ' +
      'different labels get one answer.',
    `Stump: attack where ${stump.feature} ${sign} ${stump.threshold.toPrecision(6)}, fitted on the training rows.`,
    `With leakage: ${other.leakage}, the ceiling is ${percent(other.bounds.ceiling.binary.accuracy)} % ` +
      `(binary) and ${percent(other.bounds.ceiling.multiclass.accuracy)} % (multiclass) accuracy, and the ` +
      `best stump (${other.bounds.stump.feature}) has ${percent(other.bounds.stump.accuracy)} %; here ` +
      `${percent(ceiling.binary.accuracy)} %, ${percent(ceiling.multiclass.accuracy)} % and ${percent(stump.accuracy)} %.`,
    'The paper prints accuracy and F1 on 5 % of the whole data set; it does not say how its F1 is averaged.',
  ];
}

/** `table1.md`: the table with its notes. */
export function table1Markdown(table: Table1): string {
  const { columns, rows } = table1Cells(table);
  const notes = table1Notes(table).map((note) => `- ${note}`);
  return `# Table 1\n\n${markdownTable(columns, rows)}\n\n${notes.join('\n')}\n`;
}
