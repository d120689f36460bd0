import { PROTOCOL } from '../packet-batch';
import { normal, uniform } from './distribution';
import type { Habit } from './habit';
import type { Host } from './packet';
import { datagram } from './udp';

export interface AnnouncementOptions {
  readonly period: number;
  /** Frame length in bytes. */
  readonly length: number;
  /** How many in a row. */
  readonly count?: number;
}

/** Of mDNS. */
const PORT = 5353;

/** A word to all on the local network (mDNS, SSDP, a maker's own discovery) that nobody answers. */
export function announcement(options: AnnouncementOptions): Habit {
  const { period, length, count = 1 } = options;
  return function* ({ lab }, random, start) {
    const group: Host = { mac: 0x01_00_5e_00_00_fb, address: [0xe0_00_00_fb] };
    for (
      let time = start + uniform(random, 0, period);
      ;
      time += Math.max(1, normal(random, period, period / 20))
    ) {
      let sent = time;
      for (let i = 0; i < count; i++) {
        yield datagram(sent, lab.device, group, length, [PORT, PORT], PROTOCOL.udp);
        sent += uniform(random, 0.0002, 0.3);
      }
    }
  };
}
