/** Which rows are the same: rows with the same number in `group` are equal word for word. */
export interface RowGroups {
  /** `[rows]` number of each row's group, counted from 0 in order of first appearance. */
  group: Uint32Array;
  /** How many groups there are. */
  size: number;
}

const minusZero = -0x80000000;

/**
 * Groups equal rows, by hashing each row and then comparing it with the group's first row: the
 * answer is exact, a collision only costs time.
 *
 * @param words `[rows, width]` row-major, the bits of float32 (whose -0 counts as 0) or counts
 */
export function groupRows(words: Int32Array, width: number, rows: number): RowGroups {
  const group = new Uint32Array(rows);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 2))).fill(-1);
  const mask = slots.length - 1;
  // By group: its first row, and a second hash that makes almost every false comparison short.
  const first = new Uint32Array(rows);
  const tags = new Int32Array(rows);
  let size = 0;
  for (let row = 0; row < rows; row++) {
    let hash = 0x2545f491;
    let tag = 0x9e3779b9 | 0;
    for (let at = row * width; at < (row + 1) * width; at++) {
      const word = words[at] === minusZero ? 0 : words[at]!;
      hash = Math.imul(hash ^ word, 0x5bd1e995);
      hash ^= hash >>> 15;
      tag = Math.imul(tag + word, 0x85ebca6b);
      tag ^= tag >>> 13;
    }
    let slot = hash & mask;
    while (slots[slot]! >= 0 && !isMember(slots[slot]!, row, tag)) slot = (slot + 1) & mask;
    if (slots[slot]! < 0) {
      first[size] = row;
      tags[size] = tag;
      slots[slot] = size++;
    }
    group[row] = slots[slot]!;
  }
  return { group, size };

  function isMember(candidate: number, row: number, tag: number): boolean {
    if (tags[candidate] !== tag) return false;
    const there = first[candidate]! * width;
    const here = row * width;
    for (let column = 0; column < width; column++) {
      const one = words[there + column]!;
      const other = words[here + column]!;
      if (one !== other && (one | other) !== minusZero) return false;
    }
    return true;
  }
}
