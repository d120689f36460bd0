import { exponential, happens, logNormal, uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { Connection, handshake } from './tcp';
import { exchange } from './udp';

export interface VisitOptions {
  /** How many requests, on average. */
  readonly requests: number;
  /** Median bytes of payload each way. */
  readonly request: number;
  readonly reply: number;
  /** Seconds between requests, on average. */
  readonly pause?: number;
  readonly encrypted?: boolean;
}

/** How much requests and replies differ in length, as the spread of a log-normal factor. */
const SPREAD = 0.6;

/** A name, a connection, TLS, a few requests: what most uses of an app come down to. */
export function visit(options: VisitOptions): Habit {
  const { requests, request, reply, pause = 0.4, encrypted = true } = options;
  return function* ({ lab, ports, stack }, random, start) {
    const resolved = yield* exchange(start, lab.device, lab.router, {
      request: wholeBetween(random, 72, 90),
      reply: wholeBetween(random, 110, 280),
      delay: uniform(random, 0.003, 0.06),
      ports: [ports.next(), 53],
    });
    const connection = new Connection(
      random,
      resolved + uniform(random, 0.001, 0.02),
      lab.device,
      lab.regular(random, 'visit', 6),
      [ports.next(), encrypted ? 443 : 80],
      uniform(random, 0.02, 0.18),
      stack,
    );
    yield* connection.open();
    if (encrypted) yield* handshake(connection);
    for (let left = 1 + Math.floor(exponential(random, requests - 1)); left > 0; left--) {
      yield* connection.send('client', logNormal(random, request, SPREAD));
      yield* connection.send('server', logNormal(random, reply, SPREAD));
      connection.time += exponential(random, pause);
    }
    return yield* connection.close(happens(random, 0.5) ? 'client' : 'server');
  };
}
