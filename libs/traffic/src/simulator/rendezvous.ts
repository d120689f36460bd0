import { happens, uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { merge } from './merge';
import type { Host, Traffic } from './packet';
import { exchange } from './udp';
import type { Random } from '@botlab/random';

export interface RendezvousOptions {
  /** How many peers are tried, and how often each. */
  readonly peers: number;
  readonly tries: number;
  /** Frame lengths in bytes. */
  readonly request: number;
  readonly reply: number;
  /** How often a peer answers. */
  readonly answered: number;
  /** Seconds from one try to the next. */
  readonly pause: number;
}

/** Looking for a way through the router's address translation: short packets to several peers. */
export function rendezvous(options: RendezvousOptions): Habit {
  return function* ({ lab, ports }, random, start) {
    const own = ports.next();
    const peers: Host[] = Array.from({ length: options.peers }, () =>
      lab.regular(random, 'rendezvous', 2 * options.peers),
    );
    const tries = peers.map((peer) => tryPeer(random, start, peer));
    return yield* merge(tries);

    function* tryPeer(stream: Random, begin: number, peer: Host): Traffic {
      let time = begin + uniform(stream, 0, 0.05);
      const port = wholeBetween(stream, 1024, 60_000);
      const delay = uniform(stream, 0.02, 0.2);
      const answers = happens(stream, options.answered);
      for (let i = 0; i < options.tries; i++) {
        time = yield* exchange(time, lab.device, peer, {
          request: options.request,
          reply: answers ? options.reply : null,
          delay,
          ports: [own, port],
        });
        time += options.pause * uniform(stream, 0.8, 1.25);
      }
      return time;
    }
  };
}
