import { StateArray } from './state-array';

/** When each stream of a kind last had a packet, in the seconds of an `IdleClock`. */
export class LastSeen {
  #times = new StateArray(1);

  /** Notes a packet of a stream; a new one's number is one more than the last. */
  note(stream: number, seconds: number): void {
    while (stream >= this.#times.size) this.#times.add();
    this.#times.values[stream] = seconds;
  }

  /** Whether a stream had a packet then or later. */
  isSince(stream: number, seconds: number): boolean {
    return stream < this.#times.size && this.#times.values[stream]! >= seconds;
  }

  /** The streams that had a packet then or later, in their order. */
  since(seconds: number): number[] {
    const streams: number[] = [];
    for (let stream = 0; stream < this.#times.size; stream++)
      if (this.#times.values[stream]! >= seconds) streams.push(stream);
    return streams;
  }

  /** Those of the streams given, numbered 0, 1, 2 … in that order. */
  only(streams: readonly number[]): LastSeen {
    const copy = new LastSeen();
    streams.forEach((stream, i) =>
      copy.note(i, stream < this.#times.size ? this.#times.values[stream]! : -Infinity),
    );
    return copy;
  }
}
