import type { Table } from './table';

/** Rows to compare: a table's, in float64, or what a scaler made of them, in float32. */
export type ComparedRows = Pick<Table, 'columns' | 'rows'> & {
  /** Row-major `[rows, columns]`, all finite. */
  readonly features: Float64Array | Float32Array;
};

/** Which rows of a table are the same row. */
export interface IdenticalRows {
  /** Group of each row: rows of one group are identical. Groups are numbered as they first appear. */
  readonly group: Uint32Array;
  /** How many groups, that is distinct rows, there are. */
  readonly groups: number;
}

/**
 * Groups the rows whose features are equal numbers. What they are labelled does not matter: of
 * N-BaIoT's gafgyt tcp and udp rows nearly all are in one group with a row of the other class.
 *
 * Rows that differ in a table may be equal to a model, which reads what a scaler leaves of them as
 * float32; and rows that are equal as float32 may differ once scaled. For what a model sees, give
 * what `Scaler.transform` returned.
 */
export function identicalRows({ features, columns, rows }: ComparedRows): IdenticalRows {
  const width = columns.length;
  const values = features.slice(0, width);
  const words = new Int32Array(values.buffer);
  const group = new Uint32Array(rows);
  const firstRow: number[] = [];
  const byHash = new Map<number, number>();

  const same = (a: number, b: number): boolean => {
    for (let column = 0; column < width; column++) {
      if (features[a * width + column] !== features[b * width + column]) return false;
    }
    return true;
  };
  for (let row = 0; row < rows; row++) {
    // Adding 0 turns -0 into 0, whose bits differ though the numbers do not.
    for (let column = 0; column < width; column++) {
      values[column] = (features[row * width + column] ?? 0) + 0;
    }
    let key = hash(words);
    let found = byHash.get(key);
    // Two different rows may have one hash: the later of them lives under the next free key.
    while (found !== undefined && !same(firstRow[found] ?? 0, row)) found = byHash.get(++key);
    if (found === undefined) {
      found = firstRow.length;
      firstRow.push(row);
      byHash.set(key, found);
    }
    group[row] = found;
  }
  return { group, groups: firstRow.length };
}

/** A 52-bit hash: two multiplicative hashes side by side. */
function hash(words: Int32Array): number {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (const word of words) {
    high = Math.imul(high ^ word, 0x01000193);
    high ^= high >>> 15;
    low = Math.imul(low ^ word, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}
