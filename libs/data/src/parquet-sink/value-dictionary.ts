/** A value's place follows from its bits; a power of two, of which at most a quarter is taken. */
const PLACES = 1 << 14;
const EMPTY = -1;

/** The distinct values of a column, in the order in which they come, and which of them each row has. */
export class ValueDictionary {
  /** The values, of which `size` count. */
  readonly values: Float64Array;
  /** For each row the number of its value. */
  readonly indices: Uint16Array;
  readonly #places = new Int16Array(PLACES);
  readonly #bits: Uint32Array;
  #size = 0;

  /** @param most rows of a column at most: up to 16,384 */
  constructor(most: number) {
    if (most > PLACES)
      throw new RangeError(`a dictionary is for up to ${PLACES} rows, not ${most}`);
    this.values = new Float64Array(most >> 2);
    this.#bits = new Uint32Array(this.values.buffer);
    this.indices = new Uint16Array(most);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Takes a column's values, by their bits.
   *
   * @returns false where more than a quarter of them are distinct: it is then of no use
   */
  fill(column: Float64Array): boolean {
    const bits = new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);
    const [places, own, values, indices] = [this.#places, this.#bits, this.values, this.indices];
    const most = column.length >> 2;
    places.fill(EMPTY);
    let size = 0;
    for (let row = 0; row < column.length; row++) {
      const low = bits[2 * row]!;
      const high = bits[2 * row + 1]!;
      let place = placeOf(low, high);
      let index = places[place]!;
      while (index !== EMPTY && (own[2 * index] !== low || own[2 * index + 1] !== high)) {
        place = (place + 1) & (PLACES - 1);
        index = places[place]!;
      }
      if (index === EMPTY) {
        if (size === most) return false;
        index = size++;
        places[place] = index;
        values[index] = column[row]!;
      }
      indices[row] = index;
    }
    this.#size = size;
    return true;
  }
}

function placeOf(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 7) & (PLACES - 1);
}
