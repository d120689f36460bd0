import { exponential, happens, logNormal, uniform } from './distribution';
import type { Habit } from './habit';
import { merge } from './merge';
import type { Traffic } from './packet';
import { Connection, handshake } from './tcp';

export interface ChannelsOptions {
  /** How many connections to the one server are kept open. */
  readonly count: number;
  /** Seconds from one word of the server to the next, on each connection, on average. */
  readonly period: number;
  /** Bytes of payload of a word of the server, which the device acknowledges. */
  readonly word: number;
  /** Bytes of payload that the device sends over the first of them and those that it gets in return. */
  readonly report: number;
  readonly receipt: number;
  /** How many reports come to a word on the first connection. */
  readonly reports: number;
}

/** Connections to one server over which the server says a word now and then; each is its own pair of ports. */
export function channels(options: ChannelsOptions): Habit {
  const { count, period, word, report, receipt, reports } = options;
  return function* ({ lab, ports, stack }, random, start) {
    const server = lab.server();
    const roundTrip = uniform(random, 0.04, 0.16);
    function* one(begin: number, first: boolean): Traffic {
      const own = [ports.next(), 443] as const;
      const connection = new Connection(random, begin, lab.device, server, own, roundTrip, stack);
      yield* connection.open();
      yield* handshake(connection);
      for (;;) {
        connection.time += uniform(random, 0.2, 0.6) * period + exponential(random, 0.6 * period);
        yield* connection.send('server', word);
        if (first && happens(random, reports))
          yield* connection.ask(logNormal(random, report, 0.3), receipt);
      }
    }
    return yield* merge(
      Array.from({ length: count }, (_, i) => one(start + uniform(random, 0, period), i === 0)),
    );
  };
}
