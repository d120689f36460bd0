import { mean } from '@botlab/metrics';
import { markdownTable, percent } from '@botlab/text';
import type { Table1, Table1Row, Table1Set } from './read-table1';
import { meanPercent } from './score-text';
import { decimalsIn, halvesOf, type Table1Half, variantsOf } from './table1-half';
import { table1Notes } from './table1-notes';
import { isAlike } from './variant-comparison';

/** The mark of what cannot be told from the best. */
export const ALIKE = '≈';

/** A part of a table as cells: what a report or a terminal lays out. */
export interface Table1Cells {
  readonly columns: string[];
  readonly rows: string[][];
}

/** What stands above the table. */
export function table1Title({ data, title = 'Table 1' }: Pick<Table1, 'data' | 'title'>): string {
  return data.synthetic ? `${title}, on synthetic data` : title;
}

/** What a half is of: "multiclass", and how test rows were chosen where there are several ways. */
export function halfTitle(table: Table1, { task, split, heldOut }: Table1Half): string {
  const splits = new Set(table.rows.map((row) => JSON.stringify([row.split, row.heldOut])));
  if (splits.size < 2) return task;
  return `${task}, by ${split}${heldOut === undefined ? '' : ` (${heldOut.join(', ')})`}`;
}

/** One half of a table as cells, in per cent: ours beside the paper's, and under it the ceiling. */
export function table1Cells(table: Table1, half: Table1Half): Table1Cells {
  const columns = columnsOf(table, half);
  const comparisons = table.comparisons?.find(
    ({ task, split, heldOut }) =>
      task === half.task &&
      split === half.split &&
      JSON.stringify(heldOut) === JSON.stringify(half.heldOut),
  );
  const synthetic = table.data.synthetic ? ', synthetic data' : '';
  return {
    columns: [`${halfTitle(table, half)} (%)${synthetic}`, ...columns.map(({ name }) => name)],
    rows: [
      ...variantsOf(half.rows).map(({ variant, runs }) => [
        runs[0]!.title,
        ...columns.map((column) => column.of(runs, isAlike(comparisons, variant))),
      ]),
      ...ceilings(table, half).map(({ scaler, sets }) => [
        'ceiling',
        ...columns.map((column) => column.ofCeiling(sets, scaler)),
      ]),
    ],
  };
}

/** A column: what it says of a variant's runs, and of the bounds of the rows. */
interface Column {
  readonly name: string;
  of(runs: readonly Table1Row[], alike: boolean): string;
  ofCeiling(sets: readonly Table1Set[], scaler: string): string;
}

function columnsOf({ rows }: Table1, half: Table1Half): Column[] {
  const decimals = decimalsIn(half);
  const none = () => '';
  const shares = (values: readonly (number | undefined)[]): string => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? '–' : meanPercent(known, decimals);
  };
  const score = (name: string, of: (row: Table1Row) => number | undefined): Column => ({
    name,
    of: (runs) => shares(runs.map(of)),
    ofCeiling: none,
  });
  const papers = (name: string, key: 'accuracy' | 'f1'): Column => ({
    name,
    // As the paper prints them, whatever our own rows allow.
    of: ([run]) => (run!.paper ? percent(run!.paper[key]) : '–'),
    ofCeiling: none,
  });
  const bound =
    (key: 'accuracy' | 'macroF1') =>
    (sets: readonly Table1Set[]): string =>
      shares(sets.map(({ ceiling }) => ceiling[half.task][key]));
  const accuracy = score('accuracy', (row) => row.accuracy);
  // The paper holds nothing out.
  const hasPaper = half.split === 'row' && rows.some(({ paper }) => paper !== undefined);
  const scalers = new Set(half.rows.map(({ scaler }) => scaler));
  const others = [...new Set(half.rows.flatMap(({ transfer = {} }) => Object.keys(transfer)))];
  return [
    ...(scalers.size > 1
      ? [
          {
            name: 'scaler',
            of: ([run]: readonly Table1Row[]) => run!.scaler,
            ofCeiling: (_: unknown, scaler: string) => scaler,
          },
        ]
      : []),
    {
      ...accuracy,
      of: (runs, alike) => `${alike ? `${ALIKE} ` : ''}${accuracy.of(runs, alike)}`,
      ofCeiling: bound('accuracy'),
    },
    ...(hasPaper ? [papers("paper's accuracy", 'accuracy')] : []),
    score('weighted F1', (row) => row.weightedF1),
    ...(hasPaper ? [papers("paper's F1", 'f1')] : []),
    { ...score('macro F1', (row) => row.macroF1), ofCeiling: bound('macroF1') },
    ...others.flatMap((name) => [
      score(`${name}: balanced accuracy`, ({ transfer }) => transfer?.[name]?.balancedAccuracy),
      ...(half.task === 'binary'
        ? [score(`${name}: false alarms`, ({ transfer }) => transfer?.[name]?.falsePositiveRate)]
        : []),
    ]),
  ];
}

/** The sets of rows that bound a half: one line where scaling does not change the bounds, else one a scaler. */
function ceilings(
  { sets }: Table1,
  { task, rows }: Table1Half,
): { scaler: string; sets: Table1Set[] }[] {
  const used = [...new Set(rows.map(({ set }) => set))].map((place) => sets[place]!);
  const scalers = [...new Set(used.map(({ data }) => data.scaler))];
  const bounds = scalers.map((scaler) => ({
    scaler,
    sets: used.filter(({ data }) => data.scaler === scaler),
  }));
  const accuracies = bounds.map((one) =>
    mean(one.sets.map(({ ceiling }) => ceiling[task].accuracy)),
  );
  return accuracies.every((accuracy) => Math.abs(accuracy - accuracies[0]!) < 1e-12)
    ? [{ ...bounds[0]!, scaler: '' }]
    : bounds;
}

/** The halves of a table, as Markdown. */
export function table1Tables(table: Table1): string {
  const tables = halvesOf(table).map((half) => {
    const { columns, rows } = table1Cells(table, half);
    return markdownTable(columns, rows);
  });
  return tables.join('\n\n');
}

/** `table1.md`: the tables with their notes. */
export function table1Markdown(table: Table1): string {
  const notes = table1Notes(table).map((note) => `- ${note}`);
  return `# ${table1Title(table)}\n\n${table1Tables(table)}\n\n${notes.join('\n')}\n`;
}
