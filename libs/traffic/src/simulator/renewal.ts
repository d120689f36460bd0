import { DHCP_PORTS } from './boot';
import { uniform, wholeBetween } from './distribution';
import type { Habit } from './habit';
import { exchange } from './udp';

/** The lease of the address is renewed before half of it is over (RFC 2131), with the router alone. */
export const renewal: Habit = function* ({ lab }, random, start) {
  const request = wholeBetween(random, 320, 366);
  for (let time = start + 1800; ; time += uniform(random, 1790, 43_200 / 6)) {
    const delay = uniform(random, 0.002, 0.02);
    yield* exchange(time, lab.device, lab.router, {
      request,
      reply: 342,
      delay,
      ports: DHCP_PORTS,
    });
  }
};
