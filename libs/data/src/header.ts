import { InputError } from '@botlab/errors';
import { FEATURE_NAMES } from '@botlab/traffic';
import { csvCells } from './csv-line';

/**
 * Where in a file's header each of the 115 columns is: columns may be in any order.
 *
 * @param path the file, for the message
 * @param line its first line
 * @returns for each of `FEATURE_NAMES` its position in the line
 * @throws InputError for a missing, extra, renamed or duplicate column
 */
export function columnPositions(path: string, line: string): number[] {
  const cells = csvCells(line);
  const fault = headerFault(line, cells);
  if (fault !== undefined) {
    throw new InputError(
      `Cannot read ${path}: line 1 ${fault}; expected the header of the ${FEATURE_NAMES.length} N-BaIoT columns.`,
    );
  }
  return FEATURE_NAMES.map((name) => cells.indexOf(name));
}

function headerFault(line: string, cells: readonly string[]): string | undefined {
  if (line.trim() === '') return 'is blank';
  const missing = FEATURE_NAMES.filter((name) => !cells.includes(name));
  const extra = cells.filter((cell) => !FEATURE_NAMES.includes(cell));
  if (missing.length === FEATURE_NAMES.length) {
    if (cells.every((cell) => cell !== '' && Number.isFinite(Number(cell)))) {
      return 'is a row of numbers';
    }
    const separator = [';', '\t'].find((character) => line.includes(character));
    return separator === undefined
      ? `begins with ${quoted(cells[0] ?? '')} and names none of the columns`
      : `separates its cells with a ${separator === ';' ? 'semicolon' : 'tab'}, not a comma`;
  }
  const [absent, surplus] = [missing[0], extra[0]];
  if (missing.length === 1 && extra.length === 1) {
    return `calls column ${absent} ${quoted(surplus ?? '')}`;
  }
  if (absent !== undefined) return `has no column ${absent}${more(missing.length)}`;
  if (surplus !== undefined) return `has an extra column ${quoted(surplus)}${more(extra.length)}`;
  const twice = cells.find((cell, i) => cells.indexOf(cell) !== i);
  return twice === undefined ? undefined : `has column ${twice} twice`;
}

function more(count: number): string {
  return count > 1 ? ` (and ${count - 1} more like it)` : '';
}

function quoted(cell: string): string {
  return `"${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;
}
