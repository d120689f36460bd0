import { type Table, withLeakage, withoutColumns } from '@botlab/data';
import { InputError } from '@botlab/errors';
import type { DataSpec } from './run-config';

/**
 * The rows of a table as models read them: with their columns in the order that was chosen, the clock silenced or kept,
 * and without the columns left out.
 *
 * @throws InputError for a name that is not a column, or a column that is named twice
 */
export function silenced(
  table: Table,
  { columns, leakage, drop }: Pick<DataSpec, 'columns' | 'leakage' | 'drop'>,
): Table {
  const chosen = columns === undefined ? table : inOrder(table, columns);
  return withoutColumns(withLeakage(chosen, leakage), drop);
}

function inOrder(table: Table, columns: readonly string[]): Table {
  const twice = columns.find((name, place) => columns.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new InputError(`Cannot read the column ${twice} twice: name it once among the columns.`);
  }
  return table.select(columns);
}
