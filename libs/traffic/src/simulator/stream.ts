import { exponential, happens, logNormal, normal, uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { merge } from './merge';
import type { Host, Traffic } from './packet';
import { Connection, handshake } from './tcp';
import { datagram, exchange, UDP_HEADERS } from './udp';
import type { Random } from '@botlab/random';

/** A name, a connection, TLS, a few requests: what most uses of an app come down to. */
export interface VisitOptions {
  /** How many requests, on average. */
  readonly requests: number;
  /** Median bytes of payload each way; a request's spread is that of a log-normal factor. */
  readonly request: number;
  readonly reply: number;
  readonly spread?: number;
  /** Seconds between requests, on average. */
  readonly pause?: number;
  readonly encrypted?: boolean;
}

export function visit(options: VisitOptions): Habit {
  const { requests, request, reply, spread = 0.6, pause = 0.4, encrypted = true } = options;
  return function* ({ lab, ports, stack }, random, start) {
    const resolved = yield* exchange(start, lab.device, lab.router, {
      request: wholeBetween(random, 72, 90),
      reply: wholeBetween(random, 110, 280),
      delay: uniform(random, 0.003, 0.06),
      ports: [ports.next(), 53],
    });
    const connection = new Connection(
      random,
      resolved + uniform(random, 0.001, 0.02),
      lab.device,
      lab.regular(random, 'visit', 6),
      [ports.next(), encrypted ? 443 : 80],
      uniform(random, 0.02, 0.18),
      stack,
    );
    yield* connection.open();
    if (encrypted) yield* handshake(connection);
    for (let left = 1 + Math.floor(exponential(random, requests - 1)); left > 0; left--) {
      yield* connection.send('client', logNormal(random, request, spread));
      yield* connection.send('server', logNormal(random, reply, spread));
      connection.time += exponential(random, pause);
    }
    return yield* connection.close(happens(random, 0.5) ? 'client' : 'server');
  };
}

export interface StreamOptions {
  /** Seconds, on average. */
  readonly duration: number;
  /** Pictures (or packets of sound) a second. */
  readonly rate: number;
  /** Median bytes of one. */
  readonly size: number;
  readonly spread?: number;
  /** Largest payload of a packet. */
  readonly most?: number;
  /** Who sends the pictures. */
  readonly sender: 'device' | 'peer';
  /** For each packet, how often the other side says something back, and how long that is. */
  readonly feedback?: number;
  readonly feedbackLength?: number;
}

/** Video or sound over UDP: pictures cut into packets, sent back to back, and some word back. */
export function stream(options: StreamOptions): Habit {
  const { spread = 0.35, most = 1400, feedback = 0.05, feedbackLength = 90 } = options;
  return function* ({ lab, ports }, random, start) {
    const peer = lab.regular(random, 'stream', 5);
    const own = ports.next();
    const other = wholeBetween(random, 10_000, 60_000);
    const duration = exponential(random, options.duration);
    const pace = options.rate * logNormal(random, 1, 0.15);
    const median = options.size * logNormal(random, 1, 0.25);
    let time = start;
    while (time < start + duration) {
      let sent = time;
      for (let left = Math.round(logNormal(random, median, spread)); left > 0; left -= most) {
        const length = Math.min(left, most) + UDP_HEADERS;
        const fromDevice = options.sender === 'device';
        yield datagram(
          sent,
          fromDevice ? lab.device : peer,
          fromDevice ? peer : lab.device,
          length,
          fromDevice ? [own, other] : [other, own],
        );
        sent += uniform(random, 0.00005, 0.0008);
        if (!happens(random, feedback)) continue;
        yield datagram(
          sent,
          fromDevice ? peer : lab.device,
          fromDevice ? lab.device : peer,
          feedbackLength,
          fromDevice ? [other, own] : [own, other],
        );
        sent += uniform(random, 0.00005, 0.0008);
      }
      time = Math.max(sent, time + Math.max(0, normal(random, 1 / pace, 0.1 / pace)));
    }
    return time;
  };
}

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
