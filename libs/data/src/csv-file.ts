import fs from 'node:fs';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { fileError, InputError } from '@botlab/errors';
import { diagnose } from './diagnosis';
import { firstLine, memoryError, sqlPath } from './duckdb';
import { columnPositions } from './header';
import { FEATURE_NAMES } from '@botlab/traffic';
import { csvShape, type CsvShape, isGzip } from './text-file';
import { WithoutPadding } from './without-padding';

const WIDTH = FEATURE_NAMES.length;

/** Where a file's picked rows go: a row-major matrix of 115 columns, from a row of it on. */
export interface Destination {
  readonly features: Float64Array;
  readonly firstRow: number;
}

/** Follows a reading: told of rows as they pass, and may throw to stop it. */
export type Watch = (rowsRead: number) => void;

/** A CSV file of the 115 columns, whose header has been checked and whose rows have been counted. */
export class CsvFile {
  private constructor(
    readonly path: string,
    /** For each of the 115 columns its place in the file. */
    private readonly positions: readonly number[],
    /** Size and time of change when the rows were counted. */
    private readonly version: string,
    private readonly shape: CsvShape,
  ) {}

  /** @throws InputError for a file without the right header and at least one row */
  static async open(path: string, signal?: AbortSignal): Promise<CsvFile> {
    const version = await versionOf(path);
    const shape = await csvShape(path, signal);
    const positions = columnPositions(path, shape.header);
    if (shape.rows === 0) {
      throw new InputError(
        `Cannot read ${path}: it has a header but no rows; download it again, or remove it.`,
      );
    }
    return new CsvFile(path, positions, version, shape);
  }

  get rows(): number {
    return this.shape.rows;
  }

  /**
   * Copies the selected rows, checking every cell of the file on the way.
   *
   * @param selection ascending row numbers
   * @throws InputError for the first fault of the file, or when it has changed since it was counted
   */
  async read(
    connection: DuckDBConnection,
    selection: Uint32Array,
    { features, firstRow }: Destination,
    watch: Watch,
  ): Promise<void> {
    if (this.shape.hasOddNumbers) await this.#explain('a cell is no decimal number');
    let row = 0;
    let picked = 0;
    for await (const chunk of this.#chunks(connection)) {
      watch(row);
      const { rowCount } = chunk;
      const finite = chunk.getColumnVector(WIDTH);
      for (let i = 0; i < rowCount; i++) {
        if (finite.getItem(i) !== true) await this.#explain(`row ${row + i + 1} has a faulty cell`);
      }
      const from = picked;
      while (picked < selection.length && (selection[picked] ?? 0) < row + rowCount) picked++;
      for (let column = 0; column < WIDTH && picked > from; column++) {
        const values = chunk.getColumnVector(column);
        for (let i = from; i < picked; i++) {
          const value = values.getItem((selection[i] ?? 0) - row);
          if (typeof value === 'number') features[(firstRow + i) * WIDTH + column] = value;
        }
      }
      row += rowCount;
    }
    if (row !== this.rows || (await versionOf(this.path)) !== this.version) {
      await this.#explain(`DuckDB found ${row} rows in its ${this.rows} lines`);
    }
    watch(row);
  }

  async *#chunks(connection: DuckDBConnection): AsyncGenerator<DuckDBDataChunk> {
    const { compressedBytes } = this.shape;
    const isPadded =
      compressedBytes !== undefined && compressedBytes < (await fs.promises.stat(this.path)).size;
    const unpadded = isPadded ? await WithoutPadding.of(this.path, compressedBytes) : undefined;
    try {
      const query = this.#query(unpadded?.path ?? this.path);
      for await (const chunk of await connection.stream(query)) yield chunk;
    } catch (cause) {
      const shortage = memoryError('read', this.path, cause);
      if (shortage !== undefined) throw shortage;
      await this.#explain(`DuckDB says "${firstLine(cause)}"`);
    } finally {
      unpadded?.remove();
    }
  }

  /** Selects the 115 columns in our order, then whether all of them are finite (null: a cell is empty). */
  #query(path: string): string {
    const columns = this.positions.map((_, i) => `c${i}: 'DOUBLE'`).join(', ');
    const ordered = this.positions.map((position) => `c${position}`);
    const finite = ordered.map((column) => `isfinite(${column})`).join(' AND ');
    const options = [
      'auto_detect = false',
      `columns = {${columns}}`,
      'header = true',
      `delim = ','`,
      `quote = '"'`,
      `escape = '"'`,
      `compression = '${isGzip(this.path) ? 'gzip' : 'none'}'`,
    ];
    return `SELECT ${ordered.join(', ')}, ${finite} FROM read_csv(${sqlPath(path)}, ${options.join(', ')})`;
  }

  /** Finds out what is wrong with the file and says so. */
  async #explain(failure: string): Promise<never> {
    if ((await versionOf(this.path)) !== this.version) {
      throw new InputError(
        `Cannot read ${this.path}: it changed while it was being read; wait until it is complete, then start again.`,
      );
    }
    const fault = (await diagnose(this.path)) ?? failure;
    throw new InputError(
      `Cannot read ${this.path}: ${fault}; correct the file or download it again.`,
    );
  }
}

async function versionOf(path: string): Promise<string> {
  let stats: fs.Stats;
  try {
    stats = await fs.promises.stat(path);
  } catch (cause) {
    const isLink = await fs.promises.lstat(path).then(
      (own) => own.isSymbolicLink(),
      () => false,
    );
    if (isLink && (cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new InputError(
        `Cannot read ${path}: it is a link to a file that is not there; put the file there, or remove the link.`,
      );
    }
    throw fileError('read', path, cause);
  }
  // Reading a pipe would wait for whoever writes to it.
  if (!stats.isFile()) {
    throw new InputError(
      `Cannot read ${path}: it is a folder, pipe or device, expected a file; replace or remove it.`,
    );
  }
  return `${stats.size} ${stats.mtimeMs}`;
}
