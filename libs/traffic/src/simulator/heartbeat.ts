import { happens, normal, uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { merge } from './merge';
import { exchange } from './udp';

export interface HeartbeatOptions {
  /** Seconds from one beat to the next, and their standard deviation. */
  readonly period: number;
  readonly deviation?: number;
  /** How many servers are told. */
  readonly servers?: number;
  /** Frame lengths in bytes; no answer where `reply` is null. */
  readonly request: number;
  readonly reply: number | null;
  /** How often a beat is left out. */
  readonly skipped?: number;
}

/** "I am here", over UDP, to one server or to several at once. */
export function heartbeat(options: HeartbeatOptions): Habit {
  const { period, deviation = 0.02, servers = 1, request, reply, skipped = 0 } = options;
  return function* ({ lab, ports }, random, start) {
    const hosts = Array.from({ length: servers }, () => lab.server());
    const delays = hosts.map(() => uniform(random, 0.03, 0.18));
    const port = wholeBetween(random, 1024, 32_000);
    const own = ports.next();
    for (
      let time = start + uniform(random, 0, period);
      ;
      time += normal(random, period, deviation)
    ) {
      if (happens(random, skipped)) continue;
      let sent = time;
      const exchanges = hosts.map((host, i) => {
        sent += happens(random, 0.5) ? uniform(random, 1e-5, 3e-5) : uniform(random, 0.0003, 0.002);
        const delay = delays[i]! * uniform(random, 0.9, 1.3);
        return exchange(sent, lab.device, host, { request, reply, delay, ports: [own, port] });
      });
      yield* merge(exchanges);
    }
  };
}
