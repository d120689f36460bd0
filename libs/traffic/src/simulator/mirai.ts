import type { Random } from '@botlab/random';
import { PROTOCOL, type Protocol } from '../packet-batch';
import type { Cell } from './cell';
import { exponential, happens, logNormal, normal } from './distribution';
import type { Lab } from './lab';
import { FLAGS, SHORTEST, type Host, type Traffic } from './packet';
import { publicAddress } from './public-address';
import { segment } from './tcp';

/**
 * How fast the device's processor and its Wi-Fi let the bot send.
 *
 * Source: the published files' means of `MI_dir_L5_weight` and `MI_dir_L0.1_weight`, whole-file
 * figures of each device's Mirai scan (KC-Marcotte/N-BaIoT, `reports/eda_summary.json`): 2,281 for
 * Danmini and Philips, about 1,990 for the Provision cameras and 1,840 for Ecobee and SimpleHome;
 * a steady rate is weight · λ · ln 2.
 */
export interface Pace {
  /** SYN packets a second of the scanner alone. */
  readonly alone: number;
  /** The same while an attack runs beside it. */
  readonly beside: number;
  /** Seconds that a burst of them takes, alone and beside an attack. */
  readonly burst: readonly [alone: number, beside: number];
}

/** What Mirai sends against its target: default lengths of its source code, as the files show them. */
interface Flood {
  /** Frame length: headers, and 512 bytes of payload or 20 of TCP options. */
  readonly length: number;
  readonly protocol: Protocol;
  readonly tcpFlags: number;
  /** Whether all packets have the same two ports, or each packet its own. */
  readonly onePort: boolean;
}

/** By attack; the scanner, which always runs, with none beside it. */
const FLOODS: Readonly<Record<string, Flood | null>> = {
  scan: null,
  ack: { length: 14 + 20 + 20 + 512, protocol: PROTOCOL.tcp, tcpFlags: FLAGS.ack, onePort: false },
  syn: { length: 14 + 20 + 40, protocol: PROTOCOL.tcp, tcpFlags: FLAGS.syn, onePort: false },
  udp: { length: 14 + 20 + 8 + 512, protocol: PROTOCOL.udp, tcpFlags: 0, onePort: false },
  udpplain: { length: 14 + 20 + 8 + 512, protocol: PROTOCOL.udp, tcpFlags: 0, onePort: true },
};

/**
 * What the scanner sends when the second changes: up to 160 SYN packets without options (54 bytes,
 * padded to 60) to random addresses, nine of ten to port 23, the others to 2323, from one port.
 *
 * Source: Mirai's published source, `scanner.c` and `scanner.h`.
 */
function* burst(
  lab: Lab,
  random: Random,
  start: number,
  port: number,
  rate: number,
  duration: number,
): Traffic {
  const count = Math.min(160, Math.max(1, Math.round(normal(random, rate, rate * 0.02))));
  let time = start;
  for (let i = 0; i < count; i++) {
    const to: Host = { mac: lab.router.mac, address: [publicAddress(random)] };
    const ports = [port, i % 10 === 0 ? 2323 : 23] as const;
    yield segment(time, lab.device, to, SHORTEST, ports, FLAGS.syn);
    time += exponential(random, duration / count);
  }
  return time;
}

/**
 * The flood: as fast as the device can, from its own address, to the one target.
 *
 * How unevenly: the whole set's `HH_jit_L5_variance` has an eighth of the floods' rows below 2.8·10⁻⁵ s² and
 * half below 8·10⁻⁵ beside means of 3 ms (its median and upper quartile, as 43 % of the rows are the
 * scanner's, alone in their streams): deviations of twice the mean.
 */
function* flood(
  lab: Lab,
  random: Random,
  start: number,
  end: number,
  { length, protocol, tcpFlags }: Flood,
  portsOf: () => readonly [number, number],
  rate: number,
): Traffic {
  let time = start;
  let pace = 1;
  while (time < end) {
    const [sourcePort, destinationPort] = portsOf();
    const [from, to] = [lab.device, lab.target];
    yield { time, from, to, protocol, sourcePort, destinationPort, length, tcpFlags };
    // Some packets follow each other at once, others wait for the radio.
    if (happens(random, 0.01)) pace = logNormal(random, 1, 0.15);
    const wait = 0.2 + exponential(random, happens(random, 0.2) ? 2 : 0.23);
    time += ((wait + (happens(random, 0.03) ? exponential(random, 7) : 0)) * pace) / rate;
  }
  return time;
}

/**
 * An infected device under orders: each second the scanner's burst, and for the rest of it the
 * flood if one is ordered; the two wait for one radio (the files' `MI_dir_L5_weight` is steady while
 * their mean sizes go up and down). The share of the flood follows from the mean packet size of the
 * published file.
 *
 * @throws RangeError for an attack that Mirai does not have
 */
export function mirai(lab: Lab, cell: Cell, pace: Pace, start: number): Traffic {
  const kind = Object.hasOwn(FLOODS, cell.attack ?? '') ? FLOODS[cell.attack!] : undefined;
  if (kind === undefined) throw new RangeError(`no such attack: ${cell.attack}`);
  return ordered(lab, cell, kind, pace, start);
}

function* ordered(lab: Lab, cell: Cell, kind: Flood | null, pace: Pace, start: number): Traffic {
  const random = lab.random('mirai');
  const scanned = 1024 + random.int(64_512);
  const anyPorts = () => [random.int(65_536), random.int(65_536)] as const;
  const fixed = anyPorts();
  const portsOf = kind?.onePort === true ? () => fixed : anyPorts;
  const [alone, beside] = pace.burst;
  for (let second = start; ;) {
    const next = second + normal(random, 1, 0.004);
    if (!kind) {
      const over = yield* burst(lab, random, second, scanned, pace.alone, alone);
      second = Math.max(next, over);
    } else {
      const share = (cell.meanSize - SHORTEST) / (kind.length - SHORTEST);
      const rate = (pace.beside * share) / (1 - share) / (1 - beside);
      const over = yield* burst(lab, random, second, scanned, pace.beside, beside);
      second = yield* flood(lab, random, over, next, kind, portsOf, rate);
    }
  }
}
