import { csvCells } from './csv-line';
import { lines } from './text-file';

/** What a number looks like as text. */
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i;

/**
 * The first fault of a CSV file whose header is in order, as a clause such as `line 7, column
 * HH_L5_mean is empty, expected a number`; undefined where none is found. Slow and thorough: for
 * files that the fast reader has refused.
 */
export async function diagnose(path: string): Promise<string | undefined> {
  let columns: readonly string[] = [];
  let firstEnd = '';
  let number = 0;
  for await (const raw of lines(path)) {
    number++;
    const line = raw.replace(/\r?\n$/, '');
    const end = raw.slice(line.length);
    if (number === 1) {
      columns = csvCells(line.replace(/^\uFEFF/, ''));
      firstEnd = end;
      continue;
    }
    const fault = line === '' ? undefined : lineFault(line, columns);
    if (fault !== undefined) return `line ${number}${fault}`;
    if (end !== '' && end !== firstEnd) {
      return `line ${number} ends in ${named(end)}, expected ${named(firstEnd)} as in line 1`;
    }
  }
  return undefined;
}

function lineFault(line: string, columns: readonly string[]): string | undefined {
  const cells = csvCells(line);
  // DuckDB takes a comma behind the last cell for nothing, and so nothing is lost.
  if (cells.length === columns.length + 1 && cells.at(-1) === '') cells.pop();
  if (cells.length !== columns.length) {
    const count = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
    const short = cells.length < columns.length ? ': it is cut short' : '';
    return ` has ${count}, expected ${columns.length}${short}`;
  }
  for (const [i, cell] of cells.entries()) {
    const fault = cellFault(cell);
    if (fault !== undefined) return `, column ${columns[i]} ${fault}`;
  }
  return undefined;
}

function cellFault(text: string): string | undefined {
  if (text === '') return 'is empty, expected a number';
  if (NOT_FINITE.test(text)) return `is ${text}, expected a finite number`;
  if (!NUMBER.test(text)) return `is "${text.slice(0, 40)}", expected a number`;
  return Number.isFinite(Number(text)) ? undefined : `is ${text}, too large for a number`;
}

function named(lineEnd: string): string {
  return lineEnd === '\n' ? 'LF' : 'CR LF';
}
