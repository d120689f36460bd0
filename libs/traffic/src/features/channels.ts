import { DECAY_RATES, type DecayFactors } from './decay';
import { StateArray } from './state-array';

const WINDOWS = DECAY_RATES.length;
/** Time and bytes of the first packet, and the number of the sums (see below). */
const HEAD = 3;
/** Where a head has the number of the sums: none yet. */
const EMPTY = 0;
/** One packet has come, from the first party or from the second: the sums follow from it. */
const SINGLE = 1;
/** From here on: sums number 0, 1, 2 … */
const KEPT = 3;
/** T and Tc, the covariance sum C of each window, and for each direction 1 + its side's number. */
const SUMS = 2 + WINDOWS + 2;
const SIDES = 2 + WINDOWS;
/** w, S, Q, residual, mean and variance of a window. */
const PER_WINDOW = 6;
const SIDE = PER_WINDOW * WINDOWS;
/** The factors of a packet that is not later than the one before it. */
const NO_DECAY = new Float64Array(WINDOWS).fill(1);

/**
 * Pairs of parties that send to each other: for each direction the damped sums of a stream, and
 * for the pair a damped covariance of the two directions' residuals.
 *
 * A direction's sums would be 0 before its first packet, and are made then; those of a pair with
 * one packet follow from that packet, and are made at the second. Both directions are decayed at
 * each packet of either, so that their time is one.
 *
 * Source: Mirsky et al. 2018, "Kitsune", table II; the order of operations, the uneven decay of
 * the covariance included, is that which gives the published rows of N-BaIoT.
 */
export class Channels {
  readonly #heads = new StateArray(HEAD);
  readonly #sums = new StateArray(SUMS);
  readonly #sides = new StateArray(SIDE);

  constructor(readonly factors: DecayFactors) {}

  get size(): number {
    return this.#heads.size;
  }

  /** A new pair's number: one more than the last. */
  add(): number {
    return this.#heads.add();
  }

  /**
   * Adds a packet of `bytes` at `time` (unix seconds).
   *
   * @param direction 0: the first party sends, 1: the second; 0 where they are the same
   * @param loop whether a party sends to itself: both directions are then one
   */
  update(pair: number, direction: number, loop: boolean, time: number, bytes: number): void {
    const head = this.#heads.values;
    const first = pair * HEAD;
    const record = head[first + 2]!;
    if (record === EMPTY && !loop) {
      head[first] = time;
      head[first + 1] = bytes;
      head[first + 2] = SINGLE + direction;
      return;
    }
    const at = (record < KEPT ? this.#keep(first, time) : record - KEPT) * SUMS;
    const own = this.#side(at, direction);
    const reverse = loop ? own : this.#sums.values[at + SIDES + 1 - direction]! - 1;
    const sums = this.#sums.values;
    const before = sums[at]!;
    this.#decayCovariance(at, before, time);
    if (time > before) sums[at] = time;
    // A loop's one side has moved on by now.
    this.#decayCovariance(at, loop ? sums[at]! : before, time);
    const factors = time > before ? this.factors.of(time - before) : NO_DECAY;

    const side = this.#sides.values;
    const squared = bytes * bytes;
    let ownAt = own * SIDE;
    let reverseAt = reverse * SIDE;
    for (let window = 0, sum = at + 2; window < WINDOWS; window++, sum++) {
      const factor = factors[window]!;
      let reverseResidual = 0;
      if (reverse >= 0) {
        reverseResidual = side[reverseAt + 3]! *= factor;
        if (!loop) {
          side[reverseAt]! *= factor;
          side[reverseAt + 1]! *= factor;
          side[reverseAt + 2]! *= factor;
        }
      }
      const weight = side[ownAt]! * factor + 1;
      const total = side[ownAt + 1]! * factor + bytes;
      const squares = side[ownAt + 2]! * factor + squared;
      const mean = total / weight;
      const residual = bytes - mean;
      side[ownAt] = weight;
      side[ownAt + 1] = total;
      side[ownAt + 2] = squares;
      side[ownAt + 3] = residual;
      side[ownAt + 4] = mean;
      side[ownAt + 5] = Math.abs(squares / weight - mean * mean);
      sums[sum]! += residual * reverseResidual;
      ownAt += PER_WINDOW;
      reverseAt += PER_WINDOW;
    }
  }

  /**
   * Writes weight, mean, std, magnitude, radius, covariance and correlation (pcc) of the five
   * windows, as seen from a direction that has sent: 35 numbers from `offset` on.
   */
  write(pair: number, direction: number, loop: boolean, out: Float64Array, offset: number): void {
    const head = this.#heads.values;
    const record = head[pair * HEAD + 2]!;
    if (record < KEPT) {
      out.fill(0, offset, offset + 7 * WINDOWS);
      const bytes = head[pair * HEAD + 1]!;
      for (let window = 0; window < WINDOWS; window++, offset += 7) {
        out[offset] = 1;
        out[offset + 1] = out[offset + 3] = bytes;
      }
      return;
    }
    const side = this.#sides.values;
    const sums = this.#sums.values;
    const at = (record - KEPT) * SUMS;
    const reverse = sums[at + SIDES + (loop ? direction : 1 - direction)]! - 1;
    let ownAt = (sums[at + SIDES + direction]! - 1) * SIDE;
    let reverseAt = reverse * SIDE;
    for (let window = 0, sum = at + 2; window < WINDOWS; window++, sum++) {
      const weight = side[ownAt]!;
      const mean = side[ownAt + 4]!;
      const variance = side[ownAt + 5]!;
      const std = Math.sqrt(variance);
      out[offset] = weight;
      out[offset + 1] = mean;
      out[offset + 2] = std;
      const reverseWeight = reverse < 0 ? 0 : side[reverseAt]!;
      if (reverseWeight === 0) {
        out[offset + 3] = mean;
        out[offset + 4] = variance;
        out[offset + 5] = 0;
        out[offset + 6] = 0;
      } else {
        const reverseMean = side[reverseAt + 4]!;
        const reverseVariance = side[reverseAt + 5]!;
        const covariance = sums[sum]! / ((weight + reverseWeight) / 2);
        const scale = std * Math.sqrt(reverseVariance);
        out[offset + 3] = Math.sqrt(mean * mean + reverseMean * reverseMean);
        out[offset + 4] = Math.sqrt(variance * variance + reverseVariance * reverseVariance);
        out[offset + 5] = covariance;
        out[offset + 6] = scale === 0 ? 0 : covariance / scale;
      }
      ownAt += PER_WINDOW;
      reverseAt += PER_WINDOW;
      offset += 7;
    }
  }

  /** Those of the pairs given, as they are, numbered 0, 1, 2 … in that order. */
  only(pairs: readonly number[]): Channels {
    const copy = new Channels(this.factors);
    for (const pair of pairs) copy.#take(this, pair);
    return copy;
  }

  #take(from: Channels, pair: number): void {
    const head = this.#heads.take(from.#heads, pair) * HEAD + 2;
    const record = this.#heads.values[head]!;
    if (record < KEPT) return;
    const sums = this.#sums.take(from.#sums, record - KEPT);
    this.#heads.values[head] = sums + KEPT;
    for (let direction = 0; direction < 2; direction++) {
      const place = sums * SUMS + SIDES + direction;
      const side = this.#sums.values[place]! - 1;
      if (side >= 0) this.#sums.values[place] = this.#sides.take(from.#sides, side) + 1;
    }
  }

  /**
   * Makes the sums of the pair whose head is at `first`, as its packet left them; where there was none yet,
   * the pair begins at `time`.
   */
  #keep(first: number, time: number): number {
    const record = this.#sums.add();
    const head = this.#heads.values;
    const before = head[first + 2]!;
    head[first + 2] = record + KEPT;
    const at = record * SUMS;
    this.#sums.values[at] = before === EMPTY ? time : head[first]!;
    this.#sums.values[at + 1] = -Infinity; // before any time, be that negative: captures may begin before 1970
    if (before === EMPTY) return record;
    const own = this.#side(at, before - SINGLE);
    const bytes = head[first + 1]!;
    const side = this.#sides.values;
    for (let window = 0, ownAt = own * SIDE; window < WINDOWS; window++, ownAt += PER_WINDOW) {
      side[ownAt] = 1;
      side[ownAt + 1] = side[ownAt + 4] = bytes;
      side[ownAt + 2] = bytes * bytes;
    }
    return record;
  }

  /** The side of a direction, made if it is not there. */
  #side(at: number, direction: number): number {
    const side = this.#sums.values[at + SIDES + direction]!;
    if (side > 0) return side - 1;
    const made = this.#sides.add();
    this.#sums.values[at + SIDES + direction] = made + 1;
    return made;
  }

  /** One side's share in the decay of the covariance; `before` is the last time of that side. */
  #decayCovariance(at: number, before: number, time: number): void {
    const sums = this.#sums.values;
    const covarianceTime = sums[at + 1]!;
    const lag = before - covarianceTime;
    if (time > before) {
      const gap = lag === 0 ? time - before : time - covarianceTime;
      if (gap > 0) {
        const factors = this.factors.of(gap);
        for (let window = 0; window < WINDOWS; window++) sums[at + 2 + window]! *= factors[window]!;
      }
    }
    if (lag > 0) sums[at + 1] = time;
  }
}
