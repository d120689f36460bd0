/** The values of one column in rising order, each with the label of its row. */
export class SortedColumn {
  /** A value as a whole number in the order of float32, times 256, and its label: what sorts fast as numbers. */
  private readonly keys: Float64Array;
  private readonly float = new Float32Array(1);
  private readonly bits = new Uint32Array(this.float.buffer);

  /** @param y `[rows]` labels */
  constructor(private readonly y: Uint8Array) {
    this.keys = new Float64Array(y.length);
  }

  /** Takes up a column of `x` `[rows, columns]`. */
  read(x: Float32Array, columns: number, column: number): void {
    const { keys, y, float, bits } = this;
    for (let row = 0; row < y.length; row++) {
      float[0] = x[row * columns + column]! + 0; // −0 is 0
      const pattern = bits[0]!;
      const ordered = pattern >= 0x80000000 ? 0xffffffff - pattern : pattern + 0x80000000;
      keys[row] = ordered * 256 + y[row]!;
    }
    keys.sort();
  }

  get length(): number {
    return this.keys.length;
  }

  /** Place of the value at `place` among all float32: equal values have equal ones. */
  orderAt(place: number): number {
    return Math.floor(this.keys[place]! / 256);
  }

  labelAt(place: number): number {
    return this.keys[place]! - this.orderAt(place) * 256;
  }

  valueAt(place: number): number {
    const ordered = this.orderAt(place);
    this.bits[0] = ordered >= 0x80000000 ? ordered - 0x80000000 : 0xffffffff - ordered;
    return this.float[0]!;
  }

  /** A float32 t with value ≤ t < next value, in the middle where there is one. */
  thresholdAfter(place: number): number {
    const [low, high] = [this.valueAt(place), this.valueAt(place + 1)];
    const middle = Math.fround(low / 2 + high / 2);
    return middle >= low && middle < high ? middle : low;
  }
}
