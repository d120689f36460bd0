import { caption, type FigureOptions } from '../language/caption';
import { sayIn } from '../language/say';
import { reportTable, type ReportTable } from '../report-table';
import { display } from './output';

/** What a cell of a table may hold; nothing is written for `null`. */
type Cell = string | number | boolean | bigint | Date | null | undefined;

/** A danfo data frame, or what looks like one. */
interface Frame {
  readonly columns: string[];
  readonly values: unknown[];
  readonly index: (string | number)[];
}

/** Options of {@link table}. */
export interface TableOptions extends Pick<FigureOptions, 'language' | 'synthetic'> {
  caption?: string;
  /** Places of the rows that stand out. */
  emphasise?: readonly number[];
  /** How many rows are shown at most. Default 30. */
  limit?: number;
}

/**
 * Displays a table in the cell that is running: of records, whose keys are the columns, or of a
 * danfo data frame with its index.
 *
 * @throws InputError outside a notebook
 */
export function table(
  rows: readonly Readonly<Record<string, Cell>>[] | Frame,
  options: TableOptions = {},
): void {
  const { limit = 30, emphasise } = options;
  const say = sayIn(options.language);
  const { columns, rows: all } = Array.isArray(rows)
    ? recordsTable(rows)
    : frameTable(rows as Frame);
  const left = all.length - limit;
  const notes = [
    caption(options.caption ?? '', options).trim(),
    left > 0 ? say('the first {limit} of {rows} rows', { limit, rows: all.length }) : '',
  ];
  const shown: ReportTable = {
    columns,
    rows: all.slice(0, limit),
    caption: notes.filter(Boolean).join(say('; ')),
    ...(emphasise && { emphasise }),
  };
  display({ 'text/html': reportTable(shown, 'inline'), 'text/plain': plainText(shown) });
}

function recordsTable(records: readonly Readonly<Record<string, Cell>>[]): ReportTable {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((name) => written(record[name]))) };
}

function frameTable({ columns, values, index }: Frame): ReportTable {
  return {
    columns: ['', ...columns],
    rows: values.map((row, r) => [
      String(index[r]),
      ...(Array.isArray(row) ? row : [row]).map((cell) => written(cell as Cell)),
    ]),
  };
}

function written(cell: Cell): string | number {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return cell;
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

function plainText({ columns, rows }: ReportTable): string {
  const lines = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, c) => Math.max(...lines.map((line) => line[c]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
