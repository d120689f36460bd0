import fs from 'node:fs';
import type { DuckDBResult, DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { fileError, InputError } from '@botlab/errors';
import { duckdb, firstLine, memoryError, sqlPath, sqlText, withDuckDB } from './duckdb';

/** A column of a parquet file. */
export type ParquetColumn =
  Int32Array | Float32Array | Float64Array | Uint8Array | readonly string[];

/** A column as it is read: of the same kind, to be written to. */
export type FilledColumn = Int32Array | Float32Array | Float64Array | Uint8Array | string[];

/** What DuckDB takes in one piece. */
const CHUNK_ROWS = 2048;

function typeOf(column: ParquetColumn): DuckDBType {
  const { DOUBLE, FLOAT, INTEGER, UTINYINT, VARCHAR } = duckdb();
  if (column instanceof Int32Array) return INTEGER;
  if (column instanceof Float32Array) return FLOAT;
  if (column instanceof Float64Array) return DOUBLE;
  return column instanceof Uint8Array ? UTINYINT : VARCHAR;
}

/** Room for a column of a stored type; undefined for a type that is not written here. */
function emptyColumn(type: DuckDBTypeId, rows: number): FilledColumn | undefined {
  const { DuckDBTypeId } = duckdb();
  if (type === DuckDBTypeId.INTEGER) return new Int32Array(rows);
  if (type === DuckDBTypeId.FLOAT) return new Float32Array(rows);
  if (type === DuckDBTypeId.DOUBLE) return new Float64Array(rows);
  if (type === DuckDBTypeId.UTINYINT) return new Uint8Array(rows);
  return type === DuckDBTypeId.VARCHAR ? new Array<string>(rows).fill('') : undefined;
}

/**
 * Writes columns of one length as a parquet file, over what was there; the types are kept. A reader
 * may see half a file: write to a temporary name and rename it.
 *
 * @throws RangeError for columns of different lengths; InputError where the file cannot be written
 */
export async function writeParquet(
  path: string,
  columns: Readonly<Record<string, ParquetColumn>>,
): Promise<void> {
  const names = Object.keys(columns);
  const all = Object.values(columns);
  const rows = all[0]?.length ?? 0;
  if (all.length === 0 || all.some((column) => column.length !== rows)) {
    throw new RangeError(
      `Columns of one length are expected: ${names.join(', ') || 'there is none'}`,
    );
  }
  try {
    await (await fs.promises.open(path, 'w')).close();
  } catch (cause) {
    throw fileError('write', path, cause);
  }
  const { DuckDBDataChunk } = duckdb();
  const types = all.map(typeOf);
  const fields = types.map((type, i) => `"${names[i]?.replaceAll('"', '""')}" ${type.toString()}`);
  const write = withDuckDB(async (connection) => {
    await connection.run(`CREATE TABLE written (${fields.join(', ')})`);
    const appender = await connection.createAppender('written');
    for (let start = 0; start < rows; start += CHUNK_ROWS) {
      const end = Math.min(rows, start + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create(types, end - start);
      all.forEach((column, i) => chunk.setColumnValues(i, [...column.slice(start, end)]));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await connection.run(`COPY written TO ${sqlText(path)} (FORMAT parquet, USE_TMP_FILE false)`);
  });
  await write.catch((cause: unknown) => {
    const reason = firstLine(cause);
    if (/no space left/i.test(reason)) throw fileError('write', path, { code: 'ENOSPC' });
    throw (
      memoryError('write', path, cause) ??
      new InputError(`Cannot write ${path}: ${reason}; choose another folder.`)
    );
  });
}

/**
 * Reads a file that `writeParquet` wrote: column by name, each of the type that was written.
 *
 * @param columns names of the columns to read; all where they are left out
 * @throws InputError for a file that is missing, damaged, not of these types, or has no such column
 */
export async function readParquet(
  path: string,
  columns?: readonly string[],
): Promise<Record<string, FilledColumn>> {
  try {
    await fs.promises.access(path, fs.constants.R_OK);
  } catch (cause) {
    throw fileError('read', path, cause);
  }
  // Run folders have names such as seed=1, which DuckDB would else make columns of.
  const from = `FROM read_parquet(${sqlPath(path)}, hive_partitioning = false)`;
  const names = columns?.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ') ?? '*';
  try {
    return await withDuckDB(async (connection) => {
      const counted = await connection.runAndReadAll(`SELECT count(*)::INTEGER ${from}`);
      return fill(
        path,
        await connection.stream(`SELECT ${names} ${from}`),
        Number(counted.value(0, 0)),
      );
    });
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw (
      memoryError('read', path, cause) ??
      refusal(path, `it is damaged or not a parquet file (${firstLine(cause)})`)
    );
  }
}

async function fill(
  path: string,
  result: DuckDBResult,
  rows: number,
): Promise<Record<string, FilledColumn>> {
  const names = result.columnNames();
  const columns = names.map((name, i) => {
    const column = emptyColumn(result.columnTypeId(i), rows);
    if (column !== undefined) return column;
    throw refusal(path, `its column ${name} is of type ${result.columnType(i).toString()}`);
  });
  let row = 0;
  for await (const chunk of result) {
    columns.forEach((column, i) => {
      const vector = chunk.getColumnVector(i);
      for (let at = 0; at < chunk.rowCount; at++) {
        const value = vector.getItem(at);
        if (typeof value === 'number' && !Array.isArray(column)) column[row + at] = value;
        else if (typeof value === 'string' && Array.isArray(column)) column[row + at] = value;
        else throw refusal(path, `its column ${names[i]} has no value in row ${row + at + 1}`);
      }
    });
    row += chunk.rowCount;
  }
  return Object.fromEntries(columns.map((column, i) => [names[i] ?? '', column]));
}

function refusal(path: string, fault: string): InputError {
  return new InputError(`Cannot read ${path}: ${fault}; remove it and run again what wrote it.`);
}
