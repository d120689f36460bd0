import { PROTOCOL } from '../packet-batch';
import { exponential, happens, normal, uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { merge } from './merge';
import type { Host } from './packet';
import { Connection, handshake } from './tcp';
import { datagram, exchange, ping, arp } from './udp';

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
  readonly port?: number;
}

/** "I am here", over UDP, to one server or to several at once. */
export function heartbeat(options: HeartbeatOptions): Habit {
  const { period, deviation = 0.02, servers = 1, request, reply, skipped = 0 } = options;
  return function* ({ lab, ports }, random, start) {
    const hosts = Array.from({ length: servers }, () => lab.server());
    const delays = hosts.map(() => uniform(random, 0.03, 0.18));
    const port = options.port ?? wholeBetween(random, 1024, 32_000);
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

export interface ProbeOptions {
  /** Seconds from one ping to the next. */
  readonly period: number;
  readonly deviation?: number;
}

/**
 * Is the router still there? A ping, and five seconds later the address resolution by which Linux
 * renews what it knows of a neighbour (`delay_first_probe_time`): by the device, by the router, or
 * by both.
 */
export function probe({ period, deviation = 0.3 }: ProbeOptions): Habit {
  return function* ({ lab }, random, start) {
    for (let time = start + uniform(random, 0, period); ;) {
      let passed = yield* ping(time, lab.device, lab.router, uniform(random, 0.0008, 0.006));
      const due = passed + normal(random, 5.001, 0.001);
      if (happens(random, 0.65))
        passed = yield* arp(due, lab.router, lab.device, uniform(random, 0.0008, 0.05));
      if (happens(random, 0.65))
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

export interface PollOptions {
  readonly period: number;
  readonly deviation?: number;
  /** Bytes of payload each way. */
  readonly request: number;
  readonly reply: number;
  /** How much longer some requests are, as the spread of a log-normal factor. */
  readonly spread?: number;
  /** Seconds after which the connection is made anew. */
  readonly lifetime?: number;
  readonly encrypted?: boolean;
  readonly port?: number;
}

/** A connection to the maker's cloud that is kept open, with a question now and then. */
export function poll(options: PollOptions): Habit {
  const { period, deviation = 0.1, request, reply, spread = 0, lifetime = 6 * 3600 } = options;
  return function* ({ lab, ports, stack }, random, start) {
    const server = lab.server();
    const roundTrip = uniform(random, 0.04, 0.16);
    const longer = (): number => Math.exp(normal(random, 0, spread));
    for (let time = start + uniform(random, 0, period); ;) {
      const connection = new Connection(
        random,
        time,
        lab.device,
        server,
        [ports.next(), options.port ?? 443],
        roundTrip,
        stack,
      );
      yield* connection.open();
      if (options.encrypted !== false) yield* handshake(connection);
      const end = connection.time + lifetime * uniform(random, 0.8, 1.2);
      while (connection.time < end) {
        yield* connection.send('client', request * longer());
        yield* connection.send('server', reply * longer());
        connection.time += Math.max(0.05, normal(random, period, deviation));
      }
      yield* connection.close('client');
      time = connection.time + uniform(random, 0.5, 3);
    }
  };
}

export interface AnnouncementOptions {
  readonly period: number;
  readonly deviation?: number;
  /** Frame length in bytes. */
  readonly length: number;
  /** How many in a row. */
  readonly count?: number;
  readonly port?: number;
}

/** A word to all on the local network (mDNS, SSDP, a maker's own discovery) that nobody answers. */
export function announcement(options: AnnouncementOptions): Habit {
  const { period, deviation = period / 20, length, count = 1, port = 5353 } = options;
  return function* ({ lab }, random, start) {
    const group: Host = { mac: 0x01_00_5e_00_00_fb, address: [0xe0_00_00_fb] };
    for (
      let time = start + uniform(random, 0, period);
      ;
      time += Math.max(1, normal(random, period, deviation))
    ) {
      let sent = time;
      for (let i = 0; i < count; i++) {
        yield datagram(sent, lab.device, group, length, [port, port], PROTOCOL.udp);
        sent += uniform(random, 0.0002, 0.3);
      }
    }
  };
}
