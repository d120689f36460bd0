import { InputError } from '@botlab/errors';
import type { Table } from '../table';
import { RowClock, type RowTimes } from './row-clock';

/**
 * When the packets of a file of a table were sent, by the rows alone ({@link RowClock}).
 *
 * @param file a place in `table.files`
 * @returns in the order of the file's rows
 * @throws InputError where the table lacks rows of the file that come before others, since each leans on the one before
 */
export function fileTimes(table: Table, file: number): RowTimes {
  const clock = new RowClock(table.columns);
  const places = [...table.file.keys()].filter((place) => table.file[place] === file);
  places.sort((a, b) => table.row[a]! - table.row[b]!);
  places.forEach((place, row) => {
    if (table.row[place] !== row) {
      throw new InputError(
        `The clock of ${table.files[file]!.name} needs all of its rows, in order: row ${row} is not in the table.`,
      );
    }
    clock.add(table.features, place * table.columns.length);
  });
  return clock.times();
}
