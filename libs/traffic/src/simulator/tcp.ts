import type { Random } from '@botlab/random';
import { PROTOCOL } from '../packet-batch';
import { uniform } from './distribution';
import { FLAGS, SHORTEST, type Host, type Packet, type Traffic } from './packet';

export interface Stack {
  /** With timestamps (Linux) a segment has 66 bytes of headers; without (small systems) 54. */
  readonly timestamps: boolean;
}

/** One TCP segment. */
export function segment(
  time: number,
  from: Host,
  to: Host,
  length: number,
  [sourcePort, destinationPort]: readonly [number, number],
  tcpFlags: number,
): Packet {
  return { time, from, to, protocol: PROTOCOL.tcp, sourcePort, destinationPort, length, tcpFlags };
}

export type Side = 'client' | 'server';

/** One TCP connection seen from the middle: segments, and the other side's acknowledgements. */
export class Connection {
  /** When the last packet passed. */
  time: number;
  readonly #header: number;
  readonly #segment: number;

  constructor(
    readonly random: Random,
    time: number,
    readonly client: Host,
    readonly server: Host,
    readonly ports: readonly [number, number],
    /** Seconds for a packet and its answer. */
    readonly roundTrip: number,
    { timestamps }: Stack = { timestamps: true },
  ) {
    this.time = time;
    this.#header = timestamps ? 66 : 54;
    this.#segment = timestamps ? 1448 : 1460;
  }

  /** The handshake. */
  *open(): Traffic {
    const options = this.#header + 8;
    yield this.#packet('client', options, FLAGS.syn);
    this.#pass(this.roundTrip);
    yield this.#packet('server', options, FLAGS.syn | FLAGS.ack);
    this.#pass(this.roundTrip * 0.1);
    yield this.#packet('client', this.#header, FLAGS.ack);
    return this.time;
  }

  /**
   * Bytes from one side, in segments as large as they go; the other side acknowledges every second
   * one, and the last.
   */
  *send(side: Side, bytes: number): Traffic {
    const other: Side = side === 'client' ? 'server' : 'client';
    this.#pass(this.roundTrip * uniform(this.random, 0.1, 0.6));
    let unacknowledged = 0;
    for (let left = Math.round(bytes); left > 0; left -= this.#segment) {
      const size = Math.min(left, this.#segment);
      const last = left <= this.#segment;
      yield this.#packet(side, this.#header + size, last ? FLAGS.psh | FLAGS.ack : FLAGS.ack);
      if (++unacknowledged === 2 || last) {
        this.#pass(last ? this.roundTrip * uniform(this.random, 0.4, 1.5) : 0.0002);
        yield this.#packet(other, this.#header, FLAGS.ack);
        unacknowledged = 0;
      }
      this.#pass(uniform(this.random, 0.00005, 0.0006));
    }
    return this.time;
  }

  /** A question and an answer that acknowledges it, each of one segment; and its acknowledgement. */
  *ask(question: number, answer: number): Traffic {
    yield this.#packet('client', this.#header + Math.round(question), FLAGS.psh | FLAGS.ack);
    this.#pass(this.roundTrip * uniform(this.random, 0.8, 1.5));
    yield this.#packet('server', this.#header + Math.round(answer), FLAGS.psh | FLAGS.ack);
    this.#pass(this.roundTrip * uniform(this.random, 0.4, 1.5));
    yield this.#packet('client', this.#header, FLAGS.ack);
    return this.time;
  }

  /** Both sides say goodbye. */
  *close(side: Side): Traffic {
    const other: Side = side === 'client' ? 'server' : 'client';
    yield this.#packet(side, this.#header, FLAGS.fin | FLAGS.ack);
    this.#pass(this.roundTrip);
    yield this.#packet(other, this.#header, FLAGS.fin | FLAGS.ack);
    this.#pass(this.roundTrip * 0.1);
    yield this.#packet(side, this.#header, FLAGS.ack);
    return this.time;
  }

  #pass(seconds: number): void {
    this.time += seconds;
  }

  #packet(side: Side, length: number, tcpFlags: number): Packet {
    const { client, server, ports, time } = this;
    const bytes = Math.max(SHORTEST, length);
    return side === 'client'
      ? segment(time, client, server, bytes, ports, tcpFlags)
      : segment(time, server, client, bytes, [ports[1], ports[0]], tcpFlags);
  }
}

/** A TLS handshake over an open connection: hellos, certificate, keys. */
export function* handshake(connection: Connection): Traffic {
  const { random } = connection;
  yield* connection.send('client', uniform(random, 180, 330));
  yield* connection.send('server', uniform(random, 2400, 4600));
  yield* connection.send('client', uniform(random, 126, 330));
  return yield* connection.send('server', uniform(random, 51, 274));
}
