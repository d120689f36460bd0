import { type Table, withLeakage, withoutColumns } from '@botlab/data';
import type { DataSpec } from './run-config';

/** The rows of a table as models read them: with the clock silenced or kept, and without the columns left out. */
export function silenced(
  table: Table,
  { leakage, drop }: Pick<DataSpec, 'leakage' | 'drop'>,
): Table {
  return withoutColumns(withLeakage(table, leakage), drop);
}
