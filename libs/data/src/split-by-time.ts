import { partition } from './partition';
import { percent } from './percent';
import { twoSidedQuotas } from './quota';
import type { ChosenRows, SplitRequest } from './split-request';
import type { Table } from './table';

/** The last fraction of each file's rows, by row number: train on the past, test on the future. */
export function splitByTime(table: Table, { purpose, fraction }: SplitRequest): ChosenRows {
  const files = partition(table.file, table.files.length);
  const shares = twoSidedQuotas(
    files.map((rows) => rows.length),
    Math.round(fraction * table.rows),
  );
  const chosen = files.flatMap((rows, file) => {
    const inTime = Array.from(rows).sort((a, b) => (table.row[a] ?? 0) - (table.row[b] ?? 0));
    return inTime.slice(rows.length - (shares[file] ?? 0));
  });
  return {
    chosen,
    description:
      purpose === 'test'
        ? `the last ${percent(fraction)} of each file's rows tested, what came before trained on`
        : `the last ${percent(fraction)} of each file's training rows`,
  };
}
