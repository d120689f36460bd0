import { partition } from './partition';
import { percent } from './percent';
import { twoSidedQuotas } from './quota';
import type { SplitRequest, TestRows } from './split';
import type { Table } from './table';

/** The last testFraction of each file's rows, by row number: train on the past, test on the future. */
export function splitByTime(table: Table, { testFraction }: SplitRequest): TestRows {
  const files = partition(table.file, table.files.length);
  const shares = twoSidedQuotas(
    files.map((rows) => rows.length),
    Math.round(testFraction * table.rows),
  );
  const test = files.flatMap((rows, file) => {
    const inTime = Array.from(rows).sort((a, b) => (table.row[a] ?? 0) - (table.row[b] ?? 0));
    return inTime.slice(rows.length - (shares[file] ?? 0));
  });
  return {
    test,
    description: `the last ${percent(testFraction)} of each file's rows tested, what came before trained on`,
  };
}
