import type { Random } from '@botlab/random';
import { happens, logNormal, normal, uniform, wholeBetween } from './distribution';
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
  /** How much lengths differ from beat to beat, as the spread of a log-normal factor. */
  readonly spread?: number;
  /** Seconds after which each beat is repeated once. */
  readonly again?: number;
  /** How often a beat is left out. */
  readonly skipped?: number;
}

/** Bytes of the longest frame. */
const LONGEST = 1514;

/** "I am here", over UDP, to one server or to several at once. */
export function heartbeat(options: HeartbeatOptions): Habit {
  const { period, deviation = 0.02, servers = 1, request, reply } = options;
  const { spread = 0, again, skipped = 0 } = options;
  const longer = (random: Random, length: number): number =>
    spread === 0 ? length : Math.min(LONGEST, logNormal(random, length, spread));
  return function* ({ lab, ports }, random, start) {
    const hosts = Array.from({ length: servers }, () => lab.server());
    const delays = hosts.map(() => uniform(random, 0.03, 0.18));
    const port = wholeBetween(random, 1024, 32_000);
    const own = ports.next();
    for (
      let time = start + uniform(random, 0, period);
      ;
      time += Math.max(1, normal(random, period, deviation))
    ) {
      if (happens(random, skipped)) continue;
      let sent = time;
      const exchanges = hosts.map((host, i) => {
        sent += happens(random, 0.5) ? uniform(random, 1e-5, 3e-5) : uniform(random, 0.0003, 0.002);
        const delay = delays[i]! * uniform(random, 0.9, 1.3);
        const lengths = {
          request: longer(random, request),
          reply: reply === null ? null : longer(random, reply),
        };
        return [0, ...(again === undefined ? [] : [again])].map((after) =>
          exchange(sent + after, lab.device, host, { ...lengths, delay, ports: [own, port] }),
        );
      });
      yield* merge(exchanges.flat());
    }
  };
}
