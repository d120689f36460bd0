import type { Table } from './table';

/** What is known of where a table's rows are from; of a bare matrix nothing. */
export type RowOrigins = Partial<Pick<Table, 'file' | 'files' | 'row'>>;

/** Where a row is from, for a sentence about it: its file, and its place there as a reader counts. */
export function placeOf({ file, files, row }: RowOrigins, index: number): string {
  const name = files?.[file?.[index] ?? -1]?.name;
  const number = row?.[index];
  return name === undefined || number === undefined
    ? `row ${index + 1}`
    : `row ${number + 1} below the header of ${name}`;
}
