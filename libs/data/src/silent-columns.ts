import { InputError, unknownName } from '@botlab/errors';
import { Table } from './table';

/**
 * The table with some columns left out: they are 0 in every row, and so say nothing, while a model
 * keeps its inputs. The same table where none is named.
 *
 * @throws InputError for a name that is not a column, or for all of them
 */
export function withoutColumns(table: Table, names: readonly string[]): Table {
  if (names.length === 0) return table;
  const silent = droppedColumns(table.columns, names);
  const features = table.features.slice();
  for (let start = 0; start < features.length; start += table.columns.length) {
    for (const column of silent) features[start + column] = 0;
  }
  return new Table({ ...table, features });
}

/**
 * The places of the columns that are named, each once.
 *
 * @throws InputError for a name that is not a column, or for all of them
 */
export function droppedColumns(columns: readonly string[], names: readonly string[]): number[] {
  const places = new Set(names.map((name) => columns.indexOf(name)));
  if (places.has(-1)) {
    const unknown = names.find((name) => !columns.includes(name)) ?? '';
    throw unknownName('column', unknown, columns);
  }
  if (places.size === columns.length) {
    throw new InputError(
      `Cannot leave out all ${columns.length} columns: nothing would be left to learn from; name fewer.`,
    );
  }
  return [...places];
}
