/** A row's tag is its weight times 64 and its class. */
export const TAG_BITS = 6;

/** Rows that a growing tree holds together: a range of one array of rows, and one of their tags. */
export class Leaf {
  /** How many rows of each class, with their weights. */
  readonly counts = new Float64Array(1 << TAG_BITS);
  start = 0;
  end = 0;
  /** The sum of the counts, and of their squares. */
  total = 0;
  squares = 0;
  /** Whether all are of one class. */
  isPure = false;

  constructor(
    readonly rows: Int32Array,
    readonly tags: Int32Array,
  ) {}

  /** Takes another range, and counts its rows. */
  hold(start: number, end: number): void {
    const { counts, tags } = this;
    this.start = start;
    this.end = end;
    counts.fill(0);
    for (let i = start; i < end; i++) {
      counts[tags[i]! & ((1 << TAG_BITS) - 1)]! += tags[i]! >> TAG_BITS;
    }
    this.total = 0;
    this.squares = 0;
    this.isPure = false;
    for (const count of counts) {
      this.total += count;
      this.squares += count * count;
    }
    this.isPure = this.squares === this.total * this.total;
  }
}
