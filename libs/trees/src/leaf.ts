/** A row's tag is its weight times 64 and its class. */
export const TAG_BITS = 6;

/** Rows that a growing tree holds together: a range of one array of rows, and one of their tags. */
export class Leaf {
  /** How many rows of each class, with their weights. */
  readonly counts = new Float64Array(1 << TAG_BITS);
  /** The classes that it has rows of, the first `kinds` of this list. */
  readonly present = new Int32Array(1 << TAG_BITS);
  kinds = 0;
  start = 0;
  end = 0;
  /** The sum of the counts, and of their squares. */
  total = 0;
  squares = 0;

  /** Whether all are of one class. */
  get isPure(): boolean {
    return this.kinds === 1;
  }

  constructor(
    readonly rows: Int32Array,
    readonly tags: Int32Array,
  ) {}

  /** Takes another range, and counts its rows. */
  hold(start: number, end: number): void {
    const { counts, present, tags } = this;
    this.start = start;
    this.end = end;
    counts.fill(0);
    for (let i = start; i < end; i++) {
      counts[tags[i]! & ((1 << TAG_BITS) - 1)]! += tags[i]! >> TAG_BITS;
    }
    let total = 0;
    let squares = 0;
    let kinds = 0;
    for (let k = 0; k < counts.length; k++) {
      const count = counts[k]!;
      if (count === 0) continue;
      present[kinds++] = k;
      total += count;
      squares += count * count;
    }
    this.kinds = kinds;
    this.total = total;
    this.squares = squares;
  }
}
