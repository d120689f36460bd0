import {
  exponential,
  happens,
  logNormal,
  normal,
  oneOf,
  uniform,
  wholeBetween,
} from './distribution';
import type { Habit } from './habit';
import { datagram, UDP_HEADERS } from './udp';

export interface StreamOptions {
  /** Seconds, on average. */
  readonly duration: number;
  /** Pictures (or packets of sound) a second. */
  readonly rate: number;
  /** Median bytes of one. */
  readonly size: number;
  /** Largest payload of a packet. */
  readonly most?: number;
  /** Who sends the pictures. */
  readonly sender: 'device' | 'peer';
  /** How many pairs of ports carry it: sound, pictures, and what controls them. */
  readonly flows?: number;
  /** For each packet, how often the other side says something back, and how long that is. */
  readonly feedback?: number;
  readonly feedbackLength?: number;
}

/** How much pictures differ in size, as the spread of a log-normal factor. */
const SPREAD = 0.35;

/** Video or sound over UDP: pictures cut into packets, sent back to back, and some word back. */
export function stream(options: StreamOptions): Habit {
  const { most = 1400, flows = 1, feedback = 0.05, feedbackLength = 90 } = options;
  return function* ({ lab, ports }, random, start) {
    const peer = lab.regular(random, 'stream', 5);
    const owns = Array.from({ length: flows }, () => ports.next());
    const other = wholeBetween(random, 10_000, 60_000);
    const fromDevice = options.sender === 'device';
    const [sender, receiver] = fromDevice ? [lab.device, peer] : [peer, lab.device];
    const duration = exponential(random, options.duration);
    const pace = options.rate * logNormal(random, 1, 0.15);
    const median = options.size * logNormal(random, 1, 0.25);
    let time = start;
    while (time < start + duration) {
      let sent = time;
      const own = flows === 1 ? owns[0]! : oneOf(random, owns);
      const there = fromDevice ? ([own, other] as const) : ([other, own] as const);
      for (let left = Math.round(logNormal(random, median, SPREAD)); left > 0; left -= most) {
        const length = Math.min(left, most) + UDP_HEADERS;
        yield datagram(sent, sender, receiver, length, there);
        sent += uniform(random, 0.00005, 0.0008);
        if (!happens(random, feedback)) continue;
        yield datagram(sent, receiver, sender, feedbackLength, [there[1], there[0]]);
        sent += uniform(random, 0.00005, 0.0008);
      }
      time = Math.max(sent, time + Math.max(0, normal(random, 1 / pace, 0.1 / pace)));
    }
    return time;
  };
}
