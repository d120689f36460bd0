import { halfTitle, type Table1, type Table1Half } from '@botlab/training';

/** What a table calls itself. */
export function nameOf({ title = 'Table 1' }: Table1): string {
  return title;
}

/** What a half of it is called. */
export function nameOfHalf(table: Table1, half: Table1Half): string {
  return `${nameOf(table)}, ${halfTitle(table, half)}`;
}
