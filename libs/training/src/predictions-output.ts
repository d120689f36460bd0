import { extname } from 'node:path';
import { writeParquet } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { PartialFile } from '@botlab/files';
import type { Predictions } from './evaluation';
import { type PredictedRows, predictionColumns } from './predictions-file';

type Columns = ReturnType<typeof predictionColumns>;

/**
 * Predictions row by row in a file, as CSV or Parquet by its ending, with the columns of `predictionColumns`: added
 * part by part, and whole or not there.
 */
export class PredictionsOutput {
  readonly #file: PartialFile;
  readonly #isCsv: boolean;
  /** Parquet is written at the end, by column. */
  readonly #parts: Columns[] = [];

  /** @throws InputError for another ending, or a file that cannot be written */
  constructor(path: string) {
    const ending = extname(path).toLowerCase();
    if (ending !== '.csv' && ending !== '.parquet') {
      throw new InputError(
        `Cannot write predictions to ${path}: expected a name that ends in .csv or .parquet.`,
      );
    }
    this.#isCsv = ending === '.csv';
    this.#file = new PartialFile(path);
  }

  readonly add = (
    rows: PredictedRows,
    predictions: Predictions,
    classes: readonly string[],
  ): void => {
    const columns = predictionColumns(rows, predictions, classes);
    if (this.#isCsv) this.#file.write(Buffer.from(csvText(columns, this.#file.bytes === 0)));
    else this.#parts.push(columns);
  };

  /** Makes the file whole. @throws InputError when it cannot be written */
  async close(): Promise<void> {
    if (!this.#isCsv) await writeParquet(this.#file.partial, joined(this.#parts));
    this.#file.close();
  }

  /** Leaves nothing behind; does nothing once it is closed. */
  abort(): void {
    this.#file.abort();
  }
}

function csvText(columns: Columns, withHeader: boolean): string {
  const all = Object.values(columns);
  const lines = Array.from(columns.file, (_, row) => csvLine(all.map((column) => column[row]!)));
  return (withHeader ? [csvLine(Object.keys(columns)), ...lines] : lines).join('');
}

/** A line as RFC 4180 has it: what has a comma, a quote or a line's end in it is quoted. */
function csvLine(cells: readonly (string | number)[]): string {
  const quoted = cells.map((cell) =>
    typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
  );
  return `${quoted.join(',')}\n`;
}

/** The parts one below the other. */
function joined(parts: readonly Columns[]): Columns {
  const [first] = parts;
  return Object.fromEntries(
    Object.entries(first!).map(([name, column]) => {
      const pieces = parts.map((part) => part[name]!);
      if (Array.isArray(column)) return [name, (pieces as string[][]).flat()];
      const numbers = pieces as Float64Array[];
      const length = numbers.reduce((sum, piece) => sum + piece.length, 0);
      const whole = new (column.constructor as Float64ArrayConstructor)(length);
      numbers.reduce((start, piece) => (whole.set(piece, start), start + piece.length), 0);
      return [name, whole];
    }),
  ) as Columns;
}
