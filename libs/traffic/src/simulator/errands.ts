import { exponential, logNormal, uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { Connection } from './tcp';

export interface ErrandsOptions {
  /** How many connections, on average. */
  readonly count: number;
  /** Median bytes of payload each way. */
  readonly request: number;
  readonly reply: number;
  /** Seconds from the end of one connection to the next, on average. */
  readonly pause: number;
}

/** Many short connections to one server, one after the other: a request, a reply, goodbye. */
export function errands({ count, request, reply, pause }: ErrandsOptions): Habit {
  return function* ({ lab, ports, stack }, random, start) {
    const server = lab.regular(random, 'errands', 6);
    const roundTrip = uniform(random, 0.002, 0.007);
    let time = start;
    for (
      let left = wholeBetween(random, Math.ceil(count / 2), Math.floor(count * 1.5));
      left > 0;
      left--
    ) {
      const own = [ports.next(), 80] as const;
      const connection = new Connection(random, time, lab.device, server, own, roundTrip, stack);
      yield* connection.open();
      yield* connection.send('client', logNormal(random, request, 0.3));
      yield* connection.send('server', logNormal(random, reply, 0.4));
      time = yield* connection.close('server');
      time += exponential(random, pause);
    }
    return time;
  };
}
