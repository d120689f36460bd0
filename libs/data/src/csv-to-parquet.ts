import fs from 'node:fs';
import { FEATURE_NAMES } from '@botlab/traffic';
import { fileError, InputError } from '@botlab/errors';
import { firstLine, sqlPath, sqlText, withDuckDB } from './duckdb';

/** Rows that are compressed together: DuckDB holds a few such groups, of 19 MB each, in memory. */
const GROUP_ROWS = 20_480;
/** What DuckDB may hold; it needs about 300 MB, whatever the size of the file. */
const MEMORY = '1GB';
/** How often to see whether to stop. */
const WATCH_MS = 50;

/**
 * Converts a CSV file with the 115 columns in their order to parquet, over what was there; rows keep
 * their order, numbers all their bits. A reader may see half a file: write to a temporary name and
 * rename it.
 *
 * @throws InputError when the parquet file cannot be written; the signal's reason when it is aborted
 */
export async function csvToParquet(
  csv: string,
  parquet: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  signal?.throwIfAborted();
  const columns = FEATURE_NAMES.map((name) => `${sqlText(name)}: 'DOUBLE'`).join(', ');
  const from = `read_csv(${sqlPath(csv)}, auto_detect = false, header = true, delim = ',', columns = {${columns}})`;
  const as = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP_ROWS}, USE_TMP_FILE false`;
  try {
    await withDuckDB(async (connection) => {
      // Again and again: a query that has not begun yet does not hear it.
      const watch = setInterval(() => {
        if (signal?.aborted) connection.interrupt();
      }, WATCH_MS);
      try {
        await connection.run(`SET memory_limit = '${MEMORY}'`);
        await connection.run(`COPY (FROM ${from}) TO ${sqlText(parquet)} (${as})`);
      } finally {
        clearInterval(watch);
      }
    });
  } catch (cause) {
    signal?.throwIfAborted();
    await fs.promises.access(csv, fs.constants.R_OK).catch((missing: unknown) => {
      throw fileError('read', csv, missing);
    });
    const reason = firstLine(cause);
    if (/no space left/i.test(reason)) throw fileError('write', parquet, { code: 'ENOSPC' });
    throw new InputError(`Cannot write ${parquet}: ${reason}; choose another folder.`);
  }
}
