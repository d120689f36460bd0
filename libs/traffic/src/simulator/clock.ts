import { uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { exchange } from './udp';

/** The time of day, asked for again. */
export function clock(period: number): Habit {
  return function* ({ lab, ports }, random, start) {
    const server = lab.server();
    for (
      let time = start + uniform(random, 0, period);
      ;
      time += period * uniform(random, 0.97, 1.03)
    ) {
      const port = ports.next();
      const lookup = {
        request: wholeBetween(random, 73, 80),
        reply: wholeBetween(random, 120, 240),
      };
      const ready = yield* exchange(time, lab.device, lab.router, {
        ...lookup,
        delay: uniform(random, 0.003, 0.05),
        ports: [port, 53],
      });
      yield* exchange(ready + 0.003, lab.device, server, {
        request: 90,
        reply: 90,
        delay: uniform(random, 0.02, 0.12),
        ports: [123, 123],
      });
    }
  };
}
