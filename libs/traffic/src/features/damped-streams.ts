import { DECAY_RATES, type DecayFactors } from './decay';
import { StateArray } from './state-array';

const WINDOWS = DECAY_RATES.length;
/** Time and value of the first packet, and the number of the sums (see below). */
const HEAD = 3;
/** Where a head has the number of the sums: none yet. */
const EMPTY = 0;
/** One packet has come: the sums follow from it, and are not kept. */
const SINGLE = 1;
/** From here on: sums number 0, 1, 2 … */
const KEPT = 2;
/** T, then w, S and Q of each window. */
const SUMS = 1 + 3 * WINDOWS;

/**
 * Streams of one number a packet, each summed over five windows that forget: weight w, sum S and
 * sum of squares Q, all times 2^(-λd) after d seconds without a packet.
 *
 * Most streams of a scan or a spoofed flood have one packet for ever: their sums are made when a
 * second one comes.
 *
 * Source: Mirsky et al. 2018, "Kitsune", section IV-C (AfterImage, incremental statistics); the
 * order of operations is that which gives the published rows of N-BaIoT.
 */
export class DampedStreams {
  readonly #heads = new StateArray(HEAD);
  readonly #sums = new StateArray(SUMS);

  constructor(readonly factors: DecayFactors) {}

  get size(): number {
    return this.#heads.size;
  }

  /** How many of them have had a packet. */
  get begun(): number {
    let count = 0;
    for (let stream = 0; stream < this.size; stream++)
      if (this.#heads.values[stream * HEAD + 2] !== EMPTY) count++;
    return count;
  }

  /** A new stream's number: one more than the last. */
  add(): number {
    return this.#heads.add();
  }

  /** The latest time of the stream's packets, in unix seconds; 0 before the first. */
  time(stream: number): number {
    const head = this.#heads.values;
    const at = stream * HEAD;
    const state = head[at + 2]!;
    return state < KEPT ? head[at]! : this.#sums.values[(state - KEPT) * SUMS]!;
  }

  /**
   * Adds a packet. A packet that is not later than the one before it is added without decay.
   *
   * @param time unix seconds
   * @param value what is summed: bytes, or seconds
   */
  update(stream: number, time: number, value: number): void {
    const head = this.#heads.values;
    const first = stream * HEAD;
    const record = head[first + 2]!;
    if (record === EMPTY) {
      head[first] = time;
      head[first + 1] = value;
      head[first + 2] = SINGLE;
      return;
    }
    const sums = record === SINGLE ? this.#keep(first) : record - KEPT;
    const state = this.#sums.values;
    let at = sums * SUMS;
    const gap = time - state[at]!;
    const squared = value * value;
    if (gap > 0) {
      state[at++] = time;
      const factors = this.factors.of(gap);
      for (let window = 0; window < WINDOWS; window++, at += 3) {
        const factor = factors[window]!;
        state[at] = state[at]! * factor + 1;
        state[at + 1] = state[at + 1]! * factor + value;
        state[at + 2] = state[at + 2]! * factor + squared;
      }
    } else {
      at++;
      for (let window = 0; window < WINDOWS; window++, at += 3) {
        state[at]! += 1;
        state[at + 1]! += value;
        state[at + 2]! += squared;
      }
    }
  }

  /** Writes weight, mean and variance of the five windows: 15 numbers from `offset` on. */
  write(stream: number, out: Float64Array, offset: number): void {
    const head = this.#heads.values;
    const record = head[stream * HEAD + 2]!;
    if (record < KEPT) {
      const value = head[stream * HEAD + 1]!;
      for (let window = 0; window < WINDOWS; window++, offset += 3) {
        out[offset] = record;
        out[offset + 1] = value;
        out[offset + 2] = 0;
      }
      return;
    }
    const state = this.#sums.values;
    let at = (record - KEPT) * SUMS + 1;
    for (let window = 0; window < WINDOWS; window++, at += 3, offset += 3) {
      const weight = state[at]!;
      const mean = state[at + 1]! / weight;
      out[offset] = weight;
      out[offset + 1] = mean;
      out[offset + 2] = Math.abs(state[at + 2]! / weight - mean * mean);
    }
  }

  /**
   * Those of the streams given, as they are, numbered 0, 1, 2 … in that order; one that is not to be
   * remembered is made empty.
   */
  only(
    streams: readonly number[],
    isRemembered: (stream: number) => boolean = () => true,
  ): DampedStreams {
    const copy = new DampedStreams(this.factors);
    for (const stream of streams) {
      if (isRemembered(stream)) copy.#take(this, stream);
      else copy.add();
    }
    return copy;
  }

  #take(from: DampedStreams, stream: number): void {
    const place = this.#heads.take(from.#heads, stream) * HEAD + 2;
    const record = this.#heads.values[place]!;
    if (record >= KEPT)
      this.#heads.values[place] = this.#sums.take(from.#sums, record - KEPT) + KEPT;
  }

  /** Makes the sums of the stream whose head is at `first`, as its one packet left them. */
  #keep(first: number): number {
    const sums = this.#sums.add();
    const head = this.#heads.values;
    const state = this.#sums.values;
    let at = sums * SUMS;
    state[at++] = head[first]!;
    const value = head[first + 1]!;
    for (let window = 0; window < WINDOWS; window++, at += 3) {
      state[at] = 1;
      state[at + 1] = value;
      state[at + 2] = value * value;
    }
    head[first + 2] = sums + KEPT;
    return sums;
  }
}
