import type { Table } from '@botlab/data';
import { tinySource } from '../tiny-data.fixture.spec';

/** All rows of the tiny source. */
export function tinyTable(): Promise<Table> {
  const all = tinySource.files.map(({ rows }) =>
    Uint32Array.from({ length: rows }, (_, row) => row),
  );
  return tinySource.read(all);
}
