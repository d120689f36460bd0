import { FEATURE_NAMES } from '../schema';
import { writeShortest } from './shortest-decimal';

const WIDTH = FEATURE_NAMES.length;
/** A float64 in its shortest form takes 25 characters at most, as -0.0000012345678901234567 does. */
const MOST_BYTES = 25;
/** Numbers whose text is remembered: of many columns the next row has the same, or another column has. */
const REMEMBERED = 1 << 13;
/** A text takes four float64, so that it is copied by four moves instead of byte by byte. */
const PARTS = 4;
const PART_BYTES = 8;
const TEXT_BYTES = PARTS * PART_BYTES;
const COMMA = 44;
const NEW_LINE = 10;

/**
 * Rows as CSV in the form of N-BaIoT's files: a header of the 115 names, then each number in the
 * shortest form that reads back to the same float64.
 */
export class CsvText {
  /** The header's line. */
  static readonly header: Uint8Array = Buffer.from(`${FEATURE_NAMES.join(',')}\n`);

  // A number is remembered at a place that follows from its bits: two words, and its text.
  readonly #low = new Uint32Array(REMEMBERED);
  readonly #high = new Uint32Array(REMEMBERED);
  readonly #length = new Uint8Array(REMEMBERED);
  readonly #parts = new Float64Array(REMEMBERED * PARTS);
  readonly #bytes = new Uint8Array(this.#parts.buffer);
  #scratch = new Uint8Array(0);

  /** The lines of rows, row-major `[rows, 115]`. */
  encode(rows: Float64Array): Uint8Array<ArrayBuffer> {
    const most = rows.length * (MOST_BYTES + 1) + TEXT_BYTES;
    if (this.#scratch.length < most) this.#scratch = new Uint8Array(most);
    const out = this.#scratch;
    const view = new DataView(out.buffer);
    const bits = new Uint32Array(rows.buffer, rows.byteOffset, 2 * rows.length);
    const [low, high, lengths, parts] = [this.#low, this.#high, this.#length, this.#parts];
    let at = 0;
    for (let cell = 0, column = 0; cell < rows.length; cell++) {
      const lowBits = bits[2 * cell]!;
      const highBits = bits[2 * cell + 1]!;
      const place = placeOf(lowBits, highBits);
      const length = lengths[place]!;
      if (length === 0 || low[place] !== lowBits || high[place] !== highBits) {
        this.#remember(place, rows[cell]!);
        low[place] = lowBits;
        high[place] = highBits;
      }
      // Letters and digits are never the bits of a NaN, which a move might change.
      const part = PARTS * place;
      view.setFloat64(at, parts[part]!, true);
      view.setFloat64(at + PART_BYTES, parts[part + 1]!, true);
      view.setFloat64(at + 2 * PART_BYTES, parts[part + 2]!, true);
      out[at + 3 * PART_BYTES] = this.#bytes[TEXT_BYTES * place + 3 * PART_BYTES]!;
      at += lengths[place]!;
      column = column + 1 === WIDTH ? 0 : column + 1;
      out[at++] = column === 0 ? NEW_LINE : COMMA;
    }
    return out.slice(0, at);
  }

  #remember(place: number, value: number): void {
    const begin = TEXT_BYTES * place;
    const written = writeShortest(value, this.#bytes, begin);
    this.#length[place] = written;
    if (written > 0) return;
    const text = String(value);
    for (let i = 0; i < text.length; i++) this.#bytes[begin + i] = text.charCodeAt(i);
    this.#length[place] = text.length;
  }
}

function placeOf(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 7) & (REMEMBERED - 1);
}
