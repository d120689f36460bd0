import type { Table1 } from '@botlab/training';

/** What a table calls itself. */
export function nameOf({ title = 'Table 1' }: Table1): string {
  return title;
}
