import type { Table } from './table';

/** Which rows of a table are the same row. */
export interface IdenticalRows {
  /** Group of each row: rows of one group are identical. Groups are numbered as they first appear. */
  readonly group: Uint32Array;
  /** How many groups, that is distinct rows, there are. */
  readonly groups: number;
}

/**
 * Groups the rows whose features are identical as float32, which is what a model sees. What they
 * are labelled does not matter: of N-BaIoT's gafgyt tcp and udp rows nearly all are in one group
 * with a row of the other class.
 */
export function identicalRows(table: Pick<Table, 'features' | 'columns' | 'rows'>): IdenticalRows {
  const width = table.columns.length;
  const values = new Float32Array(table.features);
  // Turns -0 into 0, whose bits differ though the numbers do not.
  for (let i = 0; i < values.length; i++) values[i]! += 0;
  const bits = new Int32Array(values.buffer);
  const group = new Uint32Array(table.rows);
  const firstRow: number[] = [];
  const byHash = new Map<number, number>();

  const same = (a: number, b: number): boolean => {
    for (let column = 0; column < width; column++) {
      if (bits[a * width + column] !== bits[b * width + column]) return false;
    }
    return true;
  };
  for (let row = 0; row < table.rows; row++) {
    let key = hash(bits, row * width, width);
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

/** A 52-bit hash of `width` numbers from `start`: two multiplicative hashes side by side. */
function hash(bits: Int32Array, start: number, width: number): number {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let i = start; i < start + width; i++) {
    const word = bits[i] ?? 0;
    high = Math.imul(high ^ word, 0x01000193);
    high ^= high >>> 15;
    low = Math.imul(low ^ word, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}
