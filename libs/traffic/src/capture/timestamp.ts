/**
 * Seconds of a time that is `seconds` and `ticks` of 1/`ticksPerSecond` (a power of ten): the float64
 * nearest to the decimal number, where that is whole microseconds before the year 2255.
 *
 * Captures of nanoseconds mostly hold microseconds, and those must not differ from the same packets
 * captured in microseconds by a rounding.
 */
export function decimalTime(seconds: number, ticks: number, ticksPerSecond: number): number {
  if (ticksPerSecond <= 1e6) return (seconds * ticksPerSecond + ticks) / ticksPerSecond;
  const micros = ticks / (ticksPerSecond / 1e6);
  const isWhole = micros % 1 === 0;
  return isWhole ? (seconds * 1e6 + micros) / 1e6 : seconds + ticks / ticksPerSecond;
}

/** How the packets of a pcapng interface tell the time. */
export class TickClock {
  readonly #ticksPerSecond: number;
  readonly #isBinary: boolean;

  /**
   * @param resolution pcapng's if_tsresol: -log10 of a tick's seconds, or with bit 7 set -log2
   * @param offset pcapng's if_tsoffset: seconds to add
   */
  constructor(
    resolution = 6,
    readonly offset = 0,
  ) {
    this.#isBinary = resolution >= 128;
    this.#ticksPerSecond = this.#isBinary ? 2 ** (resolution - 128) : Number(`1e${resolution}`);
  }

  /** Seconds for the 64-bit number of ticks `high` · 2^32 + `low`. */
  time(high: number, low: number): number {
    const perSecond = this.#ticksPerSecond;
    if (this.#isBinary) return this.offset + ((high * 2 ** 32) / perSecond + low / perSecond);
    if (perSecond > 1e11) return this.#bigTime(high, low);
    // Long division by 16 bits at a time: no number here exceeds 2^53, as nanoseconds would.
    const upper = (high % perSecond) * 0x1_0000 + (low >>> 16);
    const lower = (upper % perSecond) * 0x1_0000 + (low & 0xffff);
    const seconds =
      Math.floor(high / perSecond) * 2 ** 32 +
      Math.floor(upper / perSecond) * 0x1_0000 +
      Math.floor(lower / perSecond);
    return decimalTime(this.offset + seconds, lower % perSecond, perSecond);
  }

  /** Finer than 10 ps, which no clock is: slow and exact. */
  #bigTime(high: number, low: number): number {
    const perSecond = BigInt(10) ** BigInt(Math.round(Math.log10(this.#ticksPerSecond)));
    const ticks = BigInt(high) * BigInt(2 ** 32) + BigInt(low);
    const rest = Number(ticks % perSecond);
    return decimalTime(this.offset + Number(ticks / perSecond), rest, this.#ticksPerSecond);
  }
}
