import { PROTOCOL } from '../packet-batch';
import { uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { BROADCAST, UNSPECIFIED } from './lab';
import type { Host } from './packet';
import { arp, datagram, exchange } from './udp';

export const DHCP_PORTS = [68, 67] as const;

/**
 * Switched on: an address by DHCP, announced by ARP, then the first names and the time of day.
 *
 * Lengths: DHCP 298 to 590 bytes (clients pad their messages differently), DNS some 75, NTP 90; as
 * in the first rows of the published benign files.
 */
export const boot: Habit = function* ({ lab, ports }, random, start) {
  const { device, router } = lab;
  const unnamed: Host = { mac: device.mac, address: [UNSPECIFIED] };
  const discovery = wholeBetween(random, 298, 590);
  let time = start;
  yield datagram(time, device, BROADCAST, 60, [0, 0], PROTOCOL.arp);
  time += uniform(random, 2, 6);
  yield datagram(time, unnamed, BROADCAST, discovery, DHCP_PORTS);
  time += uniform(random, 0.003, 0.06);
  yield datagram(time, router, device, 342, [67, 68]);
  time += uniform(random, 0.003, 0.06);
  yield datagram(time, unnamed, BROADCAST, discovery + 12, DHCP_PORTS);
  time += uniform(random, 0.003, 0.06);
  yield datagram(time, router, device, 342, [67, 68]);
  for (let announced = 0; announced < 2; announced++) {
    time += uniform(random, 0.02, 0.5);
    yield datagram(time, device, BROADCAST, 60, [0, 0], PROTOCOL.arp);
  }
  time = yield* arp(time + uniform(random, 0.01, 0.3), device, router, 0.002);
  for (let named = wholeBetween(random, 1, 5); named > 0; named--) {
    const port = ports.next();
    const [request, reply] = [wholeBetween(random, 70, 85), wholeBetween(random, 100, 240)];
    const delay = uniform(random, 0.004, 0.06);
    time += uniform(random, 0.01, 0.3);
    time = yield* exchange(time, device, router, { request, reply, delay, ports: [port, 53] });
    time += uniform(random, 0.01, 0.3);
    const ask = { request: 90, reply: 90, delay: uniform(random, 0.02, 0.1) };
    time = yield* exchange(time, device, lab.server(), { ...ask, ports: [port, 123] });
  }
  return time;
};
