import type { DuckDBConnection } from '@duckdb/node-api';
import { FEATURE_NAMES } from '@botlab/traffic';
import { duckdb, sqlPath, sqlText, withDuckDB } from './duckdb';
import type { ReadOptions } from './source';

const WIDTH = FEATURE_NAMES.length;
/** What DuckDB takes in one piece. */
const CHUNK_ROWS = 2048;
const NAMES = FEATURE_NAMES.map((name) => `"${name}"`).join(', ');

/**
 * Writes rows of the 115 features as a parquet file with a column for each, over what was there, and
 * a line of the caller's beside them.
 *
 * DuckDB asks for the rows piece by piece: copying them to a table of its own first, as
 * `writeParquet` does, takes as much memory again as they have.
 *
 * @param features row-major `[rows, 115]`
 * @throws what DuckDB says, and the signal's reason; half a file may then be left
 */
export async function writeFeatureFile(
  path: string,
  features: Float64Array,
  note: string,
  signal?: AbortSignal,
): Promise<void> {
  const { DOUBLE, DuckDBTableFunction } = duckdb();
  const rows = features.length / WIDTH;
  let row = 0;
  const pieces = DuckDBTableFunction.create({
    name: 'features',
    bindFunction: (binding) => {
      for (const name of FEATURE_NAMES) binding.addResultColumn(name, DOUBLE);
    },
    initFunction: (scan) => scan.setMaxThreads(1), // rows stay in order
    mainFunction: (scan, chunk) => {
      if (signal?.aborted) return scan.setError('aborted');
      chunk.rowCount = Math.min(CHUNK_ROWS, rows - row);
      for (let column = 0; column < WIDTH && chunk.rowCount > 0; column++) {
        const vector = chunk.getColumnVector(column);
        const first = row * WIDTH + column;
        for (let i = 0; i < vector.itemCount; i++) {
          vector.setItem(i, features[first + i * WIDTH] ?? 0);
        }
        vector.flush();
      }
      row += chunk.rowCount;
    },
  });
  await withDuckDB(async (connection) => {
    connection.registerTableFunction(pieces);
    await connection.run(
      // A dictionary would hold 0 and -0 as one value.
      `COPY (SELECT * FROM features()) TO ${sqlText(path)} (FORMAT parquet, ` +
        `DICTIONARY_SIZE_LIMIT 0, USE_TMP_FILE false, KV_METADATA {note: ${sqlText(note)}})`,
    );
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw cause;
  });
}

/**
 * Fills `features` with the rows of a file that {@link writeFeatureFile} wrote.
 *
 * @param features row-major `[rows, 115]`; part of it may be filled when this throws
 * @param options progress is told in rows
 * @returns the line that was given with the rows
 * @throws an error for a file that is damaged, is something else, or has another number of rows
 */
export async function readFeatureFile(
  path: string,
  features: Float64Array,
  { onProgress, signal }: ReadOptions = {},
): Promise<string> {
  const rows = features.length / WIDTH;
  return withDuckDB(async (connection) => {
    const note = await readNote(connection, path);
    const result = await connection.stream(`SELECT ${NAMES} FROM read_parquet(${sqlPath(path)})`);
    let row = 0;
    for await (const chunk of result) {
      signal?.throwIfAborted();
      if (row + chunk.rowCount > rows) throw new RangeError(`${path} has more than ${rows} rows`);
      for (let column = 0; column < WIDTH; column++) {
        const vector = chunk.getColumnVector(column);
        const first = row * WIDTH + column;
        for (let i = 0; i < vector.itemCount; i++) {
          features[first + i * WIDTH] = Number(vector.getItem(i));
        }
      }
      row += chunk.rowCount;
      onProgress?.(row, rows);
    }
    if (row < rows) throw new RangeError(`${path} has ${row} rows, not ${rows}`);
    return note;
  });
}

async function readNote(connection: DuckDBConnection, path: string): Promise<string> {
  const stored = await connection.runAndReadAll(
    `SELECT decode(value) FROM parquet_kv_metadata(${sqlPath(path)}) WHERE decode(key) = 'note'`,
  );
  const [note] = stored.getRows()[0] ?? [];
  if (typeof note !== 'string') throw new RangeError(`${path} has no note`);
  return note;
}
