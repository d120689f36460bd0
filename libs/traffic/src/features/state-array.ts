/** Records of the same number of float64, end to end in one array that grows. */
export class StateArray {
  /** Record r lies at `r * stride`. Replaced when it grows: read it again after `add`. */
  values: Float64Array;
  #size = 0;

  constructor(readonly stride: number) {
    this.values = new Float64Array(32 * stride);
  }

  /** How many records there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a record of zeros and returns its number. */
  add(): number {
    if ((this.#size + 1) * this.stride > this.values.length) {
      const values = new Float64Array(2 * this.values.length);
      values.set(this.values);
      this.values = values;
    }
    return this.#size++;
  }

  /** Adds a copy of a record of another array of the same kind, and returns its number. */
  take(from: StateArray, record: number): number {
    const copy = this.add();
    const at = record * this.stride;
    this.values.set(from.values.subarray(at, at + this.stride), copy * this.stride);
    return copy;
  }
}
