import { exponential, happens, normal, uniform } from './distribution';
import type { Habit } from './habit';
import { ping, arp } from './udp';

export interface ProbeOptions {
  /** Seconds from one ping to the next. */
  readonly period: number;
  readonly deviation?: number;
  /** How often each of the two asks for the other's hardware address then. */
  readonly renewed?: number;
}

/**
 * Is the router still there? A ping, and five seconds later the address resolution by which Linux
 * renews what it knows of a neighbour (`delay_first_probe_time`): by the device, by the router, or
 * by both.
 */
export function probe({ period, deviation = 0.3, renewed = 0.65 }: ProbeOptions): Habit {
  return function* ({ lab }, random, start) {
    for (let time = start + uniform(random, 0, period); ;) {
      let passed = yield* ping(time, lab.device, lab.router, uniform(random, 0.0008, 0.006));
      const due = passed + normal(random, 5.001, 0.001);
      if (happens(random, renewed))
        passed = yield* arp(due, lab.router, lab.device, uniform(random, 0.0008, 0.05));
      if (happens(random, renewed))
        passed = yield* arp(
          Math.max(passed, due) + uniform(random, 0, 0.12),
          lab.device,
          lab.router,
          uniform(random, 0.0008, 0.004),
        );
      time = Math.max(passed, time + normal(random, period, deviation));
    }
  };
}

/** The router asks for the device's hardware address. */
export function resolved(period: number): Habit {
  return function* ({ lab }, random, start) {
    for (let time = start; ;) {
      time += exponential(random, period);
      time = yield* arp(time, lab.router, lab.device, uniform(random, 0.0008, 0.05));
    }
  };
}
