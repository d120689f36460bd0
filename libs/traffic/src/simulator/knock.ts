import { normal, uniform } from './distribution';
import type { Habit } from './habit';
import { merge } from './merge';
import type { Host, Traffic } from './packet';
import { FLAGS } from './packet';
import { segment } from './tcp';

export interface KnockOptions {
  /** Seconds from one attempt to the next. */
  readonly period: number;
  /** How many servers are tried at once. */
  readonly servers: number;
  /** Seconds after the first packet at which it is repeated. */
  readonly repeats: readonly number[];
}

/** Frame length of a first segment with its options. */
const SYN = 74;

/** Servers that no longer answer: a connection is asked for, asked for again, and given up until the next time. */
export function knock({ period, servers, repeats }: KnockOptions): Habit {
  return function* ({ lab, ports }, random, start) {
    const hosts = Array.from({ length: servers }, () => lab.server());
    function* attempt(host: Host, begin: number): Traffic {
      const own = [ports.next(), 443] as const;
      let last = begin;
      for (const after of [0, ...repeats]) {
        last = begin + after + uniform(random, 0, 0.004);
        yield segment(last, lab.device, host, SYN, own, FLAGS.syn);
      }
      return last;
    }
    for (let time = start + uniform(random, 0, period); ;) {
      const over = yield* merge(
        hosts.map((host, i) => attempt(host, time + i * uniform(random, 0.0002, 0.002))),
      );
      time = Math.max(over, time + normal(random, period, period / 100));
    }
  };
}
