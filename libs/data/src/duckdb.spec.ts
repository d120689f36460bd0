import { InputError } from '@botlab/errors';
import path from 'node:path';
import { messageOf, temporaryFolder } from './csv-folder.fixture.spec';
import * as duckdb from './duckdb';
import { readParquet, writeParquet } from './parquet';

const folder = temporaryFolder();

/** What DuckDB throws when it may use 1 MB. */
async function shortage(): Promise<unknown> {
  const work = duckdb.withDuckDB(async (connection) => {
    await connection.run("SET memory_limit = '1MB'");
    await connection.run('SELECT list(range) FROM range(10000000)');
  });
  return work.catch((cause: unknown) => cause);
}

it('lack of memory is told from other causes', async () => {
  expect(duckdb.memoryError('read', 'a.csv', await shortage())).toBeInstanceOf(InputError);
  expect(duckdb.memoryError('read', 'a.csv', new Error('IO Error: no such file'))).toBe(undefined);
});

it('lack of memory is not put down to a file', async () => {
  const file = path.join(folder, 'a.parquet');
  await writeParquet(file, { row: Int32Array.of(1) });
  const cause = await shortage();
  const spy = jest.spyOn(duckdb, 'withDuckDB').mockRejectedValue(cause);
  const said = [
    await messageOf(readParquet(file)),
    await messageOf(writeParquet(file, { row: Int32Array.of(1) })),
  ];
  spy.mockRestore();
  const why = 'DuckDB, which does it, ran out of memory; sample fewer rows (--rows)';
  expect(said.map((message) => message.slice(0, message.indexOf(', close')))).toEqual([
    `InputError: Cannot read ${file}: ${why}`,
    `InputError: Cannot write ${file}: ${why}`,
  ]);
});
