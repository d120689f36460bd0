import { InputError } from '@botlab/errors';
import type { DuckDBConnection } from '@duckdb/node-api';

/** DuckDB, loaded at the first call: who imports this room may need none. */
export function duckdb(): typeof import('@duckdb/node-api') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('@duckdb/node-api') as typeof import('@duckdb/node-api');
}

/** Runs `work` with a connection to an empty database in memory, and closes both after. */
export async function withDuckDB<T>(
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await duckdb().DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** A string as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path to read as an SQL literal that matches that file only: DuckDB takes paths for patterns. */
export function sqlPath(path: string): string {
  return sqlText(path.replace(/[[*?{]/g, '[$&]'));
}

/**
 * The error for DuckDB's lack of memory, which no file is to blame for; undefined for other causes.
 *
 * @param action what was tried, such as "read"
 */
export function memoryError(action: string, path: string, cause: unknown): InputError | undefined {
  if (!/^(Error: )?Out of Memory Error|std::bad_alloc/i.test(firstLine(cause))) return undefined;
  return new InputError(
    `Cannot ${action} ${path}: DuckDB, which does it, ran out of memory; sample fewer rows (--rows), close other programs, or take a machine with more.`,
  );
}

/** The first line of what DuckDB said; the rest repeats the query and lists its options. */
export function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0] ?? message;
}
