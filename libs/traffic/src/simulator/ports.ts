import type { Random } from '@botlab/random';

/** Linux's range of ports for outgoing connections. */
const FIRST = 32_768;
const LAST = 60_999;

/** The ports that a system gives its outgoing connections: one after the other, and around again. */
export class Ports {
  #next: number;

  constructor(random: Random) {
    this.#next = FIRST + random.int(LAST - FIRST + 1);
  }

  next(): number {
    const port = this.#next;
    this.#next = port === LAST ? FIRST : port + 1;
    return port;
  }
}
