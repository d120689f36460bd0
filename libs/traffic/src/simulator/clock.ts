import { uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { exchange } from './udp';

/**
 * The time of day, asked for again: each time of another machine, as the name of a pool gives it.
 *
 * It is what makes new streams all through a benign capture: of each device a part of the rows, and by it a
 * number of them, are the first of their stream (the deviation of `HH_jit_L5_mean` over the whole file, squared,
 * over that of the time of day: 22 of Ecobee's rows, 42 of Philips's, 66 to 220 of the others').
 */
export function clock(period: number): Habit {
  return function* ({ lab, ports }, random, start) {
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
      yield* exchange(ready + 0.003, lab.device, lab.server(), {
        request: 90,
        reply: 90,
        delay: uniform(random, 0.02, 0.12),
        ports: [123, 123],
      });
    }
  };
}
