import type { FittedRows } from './column-statistics';
import { zeroOf } from './scaler-definition';
import type { ScoreCurve } from './score-curve';

/** Entries of a column's index at most, a power of 2. */
const MOST_ENTRIES = 2048;

/** Rows that are scaled column by column: so many that a column's curve stays in the cache, and the rows too. */
const BLOCK = 256;

/** Which of the two words of a float64 has its sign and exponent. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The first word of a float64 as a number that does not fall where the float64 rises. */
function keyOf(word: number): number {
  return word ^ ((word >> 31) & 0x7fffffff);
}

/**
 * A curve with an index into its knots. The first word of a float64 is its logarithm, more or less: the word of a
 * value, less that of the first knot and shifted, is the place in the index of the knots that have the same.
 * Few do, however many orders of magnitude a column spans; between those a binary search decides.
 */
export class CurveLookup {
  private readonly knots: Float64Array;
  private readonly scores: Float64Array;
  private readonly lowest: number;
  private readonly shift: number;
  /** For each place how many knots lie before it, and one more entry. */
  private readonly before: Uint32Array;

  constructor(curve: ScoreCurve) {
    this.knots = Float64Array.from(curve.knots);
    this.scores = Float64Array.from(curve.scores);
    const words = new Int32Array(this.knots.buffer);
    const keys = Float64Array.from(this.knots, (_, i) => keyOf(words[2 * i + HIGH]!));
    this.lowest = keys[0]!;
    const span = keys.at(-1)! - this.lowest;
    this.shift = 0;
    while (Math.floor(span / 2 ** this.shift) >= MOST_ENTRIES) this.shift++;
    this.before = new Uint32Array(Math.floor(span / 2 ** this.shift) + 2);
    for (const key of keys) this.before[((key - this.lowest) >>> this.shift) + 1]!++;
    for (let i = 1; i < this.before.length; i++) this.before[i]! += this.before[i - 1]!;
  }

  /** Scales the values of a column in rows `from` to `to`; NaN where a value is not finite. */
  scale(
    { features, width, rows }: FittedRows,
    words: Int32Array,
    column: number,
    from: number,
    to: number,
    scaled: Float32Array,
  ): void {
    const { knots, scores, lowest, shift, before } = this;
    const end = knots.length - 1;
    const [first, last] = [knots[0]!, knots[end]!];
    for (let i = from, at = from * width + column; i < to; i++, at += width) {
      const place = rows[i]! * width + column;
      const x = features[place]!;
      if (!(x > first)) {
        scaled[at] = x >= -Number.MAX_VALUE ? scores[0]! : NaN;
      } else if (x >= last) {
        scaled[at] = x <= Number.MAX_VALUE ? scores[end]! : NaN;
      } else {
        const entry = (keyOf(words[2 * place + HIGH]!) - lowest) >>> shift;
        let low = before[entry]!;
        let high = before[entry + 1]!;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (knots[middle]! <= x) low = middle + 1;
          else high = middle;
        }
        const share = shareOf(x, knots[low - 1]!, knots[low]!);
        scaled[at] = scores[low - 1]! * (1 - share) + scores[low]! * share;
      }
    }
  }
}

/** Where x lies between two numbers, from 0 to 1; their distance may be more than any number. */
function shareOf(x: number, from: number, to: number): number {
  const distance = to - from;
  return distance < Infinity ? (x - from) / distance : (x / 2 - from / 2) / (to / 2 - from / 2);
}

/** Scales rows, each column by its curve; a column without one is 0. NaN where a value is not finite. */
export function scaleByCurves(
  lookups: readonly (CurveLookup | undefined)[],
  values: FittedRows,
  scaled: Float32Array,
): void {
  const { features, width, rows } = values;
  const words = new Int32Array(features.buffer, features.byteOffset, 2 * features.length);
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows.length);
    lookups.forEach((lookup, column) => {
      if (lookup) lookup.scale(values, words, column, from, to, scaled);
      else {
        for (let i = from, at = from * width + column; i < to; i++, at += width)
          scaled[at] = zeroOf(features[rows[i]! * width + column]!);
      }
    });
  }
}
