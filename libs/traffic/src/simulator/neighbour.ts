import { normal, uniform } from './distribution';
import type { Host, Traffic } from './packet';
import type { Random } from '@botlab/random';
import { arp } from './udp';

/** Seconds that Linux waits for a word from above before it asks by itself (`delay_first_probe_time`). */
export const DELAY = 5;
/** Seconds for which an answer counts, drawn anew each time (`base_reachable_time` of 30, times 0.5 to 1.5). */
const REACHABLE = [15, 45] as const;

/**
 * Address resolution between two machines on one wire that send to each other all the time and have
 * long known each other: each asks the other for its hardware address as often as Linux's table of
 * neighbours does (`neigh_rand_reach_time`, `neigh_timer_handler`), for no connection confirms it.
 *
 * In the files: sizes within the streams of an attack deviate by what one packet of 60 bytes in some
 * 5,000 to 9,000 makes (`HH_L0.01_std` of the whole gafgyt set has an upper quartile of 0.146 and a
 * 95 % quantile of 0.189 bytes beside SYNs of 74, of the mirai set 6.4 and 10.0 beside floods of 554).
 *
 * @param first when it asks for the first time: `DELAY` after the first packet to a neighbour long unused
 */
export function* asks(random: Random, asking: Host, asked: Host, first: number): Traffic {
  for (let time = first; ;) {
    time = yield* arp(time, asking, asked, uniform(random, 0.0003, 0.004));
    time += uniform(random, ...REACHABLE) + DELAY + normal(random, 0.001, 0.0003);
  }
}
