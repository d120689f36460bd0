import { PROTOCOL, type Protocol } from '../packet-batch';
import { SHORTEST, type Host, type Packet, type Traffic } from './packet';

/** Ethernet, IPv4 and UDP headers, in bytes. */
export const UDP_HEADERS = 14 + 20 + 8;

/** One packet without a connection: UDP with ports, ICMP echo without. */
export function datagram(
  time: number,
  from: Host,
  to: Host,
  length: number,
  [sourcePort, destinationPort]: readonly [number, number],
  protocol: Protocol = PROTOCOL.udp,
): Packet {
  return {
    time,
    from,
    to,
    protocol,
    sourcePort,
    destinationPort,
    length: Math.max(SHORTEST, Math.round(length)),
    tcpFlags: 0,
  };
}

export interface Exchange {
  /** Frame lengths in bytes; no answer where `reply` is null. */
  readonly request: number;
  readonly reply: number | null;
  /** Seconds until the answer passes by. */
  readonly delay: number;
  readonly ports: readonly [number, number];
  readonly protocol?: Protocol;
}

/** A question and its answer: DNS, NTP, a ping, a heartbeat. */
export function* exchange(
  time: number,
  from: Host,
  to: Host,
  { request, reply, delay, ports, protocol = PROTOCOL.udp }: Exchange,
): Traffic {
  yield datagram(time, from, to, request, ports, protocol);
  if (reply === null) return time;
  yield datagram(time + delay, to, from, reply, [ports[1], ports[0]], protocol);
  return time + delay;
}

/** A ping: ICMP echo with 56 bytes of data, 98 on the wire. */
export function ping(time: number, from: Host, to: Host, delay: number): Traffic {
  return exchange(time, from, to, {
    request: 98,
    reply: 98,
    delay,
    ports: [0, 0],
    protocol: PROTOCOL.icmp,
  });
}

/** Who has this address? The one asked says so; both frames have the shortest length. */
export function* arp(time: number, from: Host, to: Host, delay: number): Traffic {
  yield datagram(time, from, to, SHORTEST, [0, 0], PROTOCOL.arp);
  yield datagram(time + delay, to, from, SHORTEST, [0, 0], PROTOCOL.arp);
  return time + delay;
}
