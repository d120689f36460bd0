/**
 * How much time has gone by in a capture, for telling which streams are idle: it never goes back, and does
 * not believe a clock that was wrong for a while.
 *
 * - A leap forward by more than a span is a pause, or a clock gone wrong. It counts once time has gone on from
 *   there for half a span, or has leapt again; until then nothing is forgotten for it.
 * - A fall back by more than a span sets a wrong clock right: the leap does not count, and time goes on from where
 *   it was before. One that falls back by less has its time come again, which does not count twice.
 */
export class IdleClock {
  /** The latest time of the capture, since the clock was set. */
  #latest = NaN;
  #elapsed = 0;
  /** Seconds leapt that do not count yet, from which time, and how many have gone by since. */
  #leap = 0;
  #beforeLeap = NaN;
  #sinceLeap = 0;

  /** @param span seconds of silence after which a stream is idle */
  constructor(readonly span: number) {}

  /** Seconds of capture time that have gone by for certain. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /**
   * Takes note of a packet's time.
   *
   * @param time unix seconds
   * @returns what {@link elapsed} is at the packet, if the clock is right
   */
  see(time: number): number {
    const isSetRight = this.#leap > 0 && time < this.#latest - this.span;
    if (isSetRight) [this.#latest, this.#leap] = [this.#beforeLeap, 0];
    const step = time - this.#latest;
    if (step > this.span) this.#leapBy(step);
    else if (step > 0) this.#goOn(step);
    if (!(step >= -this.span && step <= 0)) this.#latest = time;
    return this.#elapsed + this.#leap;
  }

  #leapBy(seconds: number): void {
    this.#elapsed += this.#leap;
    // After so long everything is idle, and should the leap be wrong, its streams soon are too.
    this.#leap = Math.min(seconds, 2 * this.span);
    this.#beforeLeap = this.#latest;
    this.#sinceLeap = 0;
  }

  #goOn(seconds: number): void {
    this.#elapsed += seconds;
    if (this.#leap === 0) return;
    this.#sinceLeap += seconds;
    if (this.#sinceLeap < this.span / 2) return;
    this.#elapsed += this.#leap;
    this.#leap = 0;
  }
}
