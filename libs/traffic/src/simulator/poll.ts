import { normal, uniform } from './distribution';
import type { Habit } from './habit';
import { Connection, handshake } from './tcp';

export interface PollOptions {
  readonly period: number;
  readonly deviation?: number;
  /** Bytes of payload each way. */
  readonly request: number;
  readonly reply: number;
  /** How much longer some requests are, as the spread of a log-normal factor. */
  readonly spread?: number;
  readonly encrypted?: boolean;
}

/** Seconds after which a connection is made anew. */
const LIFETIME = 6 * 3600;

/** A connection to the maker's cloud that is kept open, with a question now and then. */
export function poll(options: PollOptions): Habit {
  const { period, deviation = 0.1, request, reply, spread = 0 } = options;
  return function* ({ lab, ports, stack }, random, start) {
    const server = lab.server();
    const roundTrip = uniform(random, 0.04, 0.16);
    const longer = (): number => Math.exp(normal(random, 0, spread));
    for (let time = start + uniform(random, 0, period); ;) {
      const connection = new Connection(
        random,
        time,
        lab.device,
        server,
        [ports.next(), 443],
        roundTrip,
        stack,
      );
      yield* connection.open();
      if (options.encrypted !== false) yield* handshake(connection);
      const end = connection.time + LIFETIME * uniform(random, 0.8, 1.2);
      while (connection.time < end) {
        yield* connection.send('client', request * longer());
        yield* connection.send('server', reply * longer());
        connection.time += Math.max(0.05, normal(random, period, deviation));
      }
      yield* connection.close('client');
      time = connection.time + uniform(random, 0.5, 3);
    }
  };
}
