import { Random } from '@botlab/random';
import { PROTOCOL } from '../packet-batch';
import { boot } from './boot';
import { CELLS, type Cell } from './cell';
import { exponential, happens, logUniform, normal, uniform, wholeBetween } from './distribution';
import { gafgyt } from './gafgyt';
import type { Habit, Household } from './habit';
import { Lab } from './lab';
import { merge } from './merge';
import { mirai } from './mirai';
import { asks, DELAY } from './neighbour';
import { FLAGS, type Host, type Packet, SHORTEST, type Traffic } from './packet';
import { Ports } from './ports';
import { resolved } from './probe';
import { type Profile, PROFILES } from './profile';
import { renewal } from './renewal';
import { Connection, segment } from './tcp';
import { ping } from './udp';
import { variety } from './variety';

/** One simulated capture: packets without end, and which of them give a row. */
export interface Scenario {
  readonly lab: Lab;
  /** In time order, from and to the device. */
  readonly packets: Traffic;
  /** Rows are of the packets that the device sends, outside of a stretch that was cut out. */
  givesRow(this: void, packet: Packet): boolean;
}

const MINUTE = 60;

/** Seconds of the benign captures, from 17 September 2017 to the attacks of the 20th. */
const BENIGN_SECONDS = 250_500;

/** The habits of a device that nothing is known of, the same in all of its captures. */
function unknownHabits(device: string, { unknown }: Profile, seed: number): Habit[] {
  const benign = CELLS.find((cell) => cell.device === device && cell.attack === null);
  const packetRate = (benign?.rows ?? 0) / BENIGN_SECONDS;
  return variety(new Random(seed, 'variety', device), packetRate, unknown);
}

/** What a file of N-BaIoT records, to be simulated with a seed. */
export function scenarioOf(cell: Cell, seed: number): Scenario {
  const profile = PROFILES[cell.device];
  if (!profile) throw new RangeError(`no such device: ${cell.device}`);
  const lab = new Lab(
    seed,
    cell.device,
    cell.attack === null ? 'benign' : `${cell.family} ${cell.attack}`,
  );
  const household: Household = { lab, ports: new Ports(lab.random('ports')), stack: profile.stack };
  const { start } = lab;
  // Under attack a device goes about what it does by itself, and nobody uses it: the Mirai files
  // have next to no other packets (`HH_L5_magnitude` of the whole scan deviates by 0.8 bytes).
  const habits = (begin: number, used: boolean): Traffic[] =>
    [
      ...profile.steady,
      renewal,
      resolved(5 * MINUTE),
      ...(used ? profile.occasional : []),
      ...(used ? unknownHabits(cell.device, profile, seed) : []),
    ].map((habit, i) => habit(household, lab.random(`habit ${i}`), begin));
  const sentByDevice = (packet: Packet): boolean => packet.from.mac === lab.device.mac;
  const rowsBut =
    ([from, until]: Gap) =>
    (packet: Packet): boolean =>
      sentByDevice(packet) && (packet.time <= from || packet.time > until);

  if (cell.attack === null) {
    const packets = merge([boot(household, lab.random('boot'), start), ...habits(start + 8, true)]);
    return { lab, packets, givesRow: sentByDevice };
  }
  if (cell.family === 'mirai') {
    if (!profile.pace) throw new RangeError(`${cell.device} has no Mirai capture`);
    const packets = merge([
      mirai(lab, cell, profile.pace, start),
      ...neighbours(lab, cell.attack === 'scan' ? lab.router : lab.target, start + DELAY),
      ...habits(start, false),
    ]);
    return {
      lab,
      packets: unanswered(lab, packets),
      givesRow: rowsBut(gapAfter(lab, start, GAPS.mirai)),
    };
  }
  if (cell.family !== 'gafgyt') throw new RangeError(`no such family: ${cell.family}`);
  const random = lab.random('order');
  const ordered = start + uniform(random, 1, 4);
  const attacked = ordered + uniform(random, 0.05, 0.5);
  const packets = merge([
    pings(lab, start),
    order(lab, ordered),
    gafgyt(lab, cell.attack, attacked),
    reports(lab, ordered),
    ...neighbours(lab, cell.attack === 'scan' ? lab.router : lab.target, attacked + DELAY),
    ...neighbours(lab, lab.commander, start + uniform(random, 0, 35)),
    ...neighbours(lab, lab.monitor, start + uniform(random, 0, 35)),
    ...habits(start, false),
  ]);
  return {
    lab,
    packets,
    givesRow: rowsBut(gapAfter(lab, attacked, GAPS[cell.attack as keyof typeof GAPS])),
  };
}

/** From when until when the published file of an attack has no rows. */
type Gap = readonly [from: number, until: number];

/**
 * Seconds from the beginning of an attack to the end of the stretch that its file lacks, at least and at most.
 *
 * Source: genuine rows. By what is left of the first packet in `HH_jit`, the stretch ends at 0.65 s in Danmini's
 * junk, by weights and pings at some 10 s in Danmini's scan and 4 s in Ennio's tcp and udp. Over junk and combo it is
 * 4 s on average: as few rows of the whole gafgyt set see young streams (`HH_L0.01_weight` has an upper
 * quartile of 5,741, at an age of 10 s); combo's is what remains when junk's is short. Of mirai, 0.35 s in Ecobee's
 * udp, and 11 s on average (`MI_dir_L0.01_weight` has a 5 % quantile of 8,613).
 */
const GAPS = {
  junk: [0.3, 1.4],
  combo: [2.5, 16],
  scan: [3, 16],
  tcp: [2, 8],
  udp: [2, 8],
  mirai: [0.3, 60],
} as const;

/**
 * The published files of attacks begin with a few rows of the attack (3 to 27) and then lack a stretch; the
 * streams go on within it, so that the next rows see what is left of the first packet's jitter, which is the
 * time of day.
 */
function gapAfter(lab: Lab, attacked: number, [least, most]: readonly [number, number]): Gap {
  const random = lab.random('gap');
  return [attacked + uniform(random, 0.005, 0.05), attacked + logUniform(random, least, most)];
}

/** Two machines that ask for each other's hardware address, from a time on. */
function neighbours(lab: Lab, other: Host, first: number): Traffic[] {
  const random = (way: string) => lab.random(`neighbours ${way} ${other.address[0]}`);
  return [
    asks(random('from'), lab.device, other, first),
    asks(random('to'), other, lab.device, first),
  ];
}

/**
 * What a capture shows of a device to which nobody answers: what it sends, and of its connections the
 * first packet alone.
 *
 * In the Mirai files (3.7 million rows) no packet towards the device is seen: magnitudes are those of one
 * direction (at most 566), all covariances and correlations are 0, and within one pair of ports sizes
 * never differ by more than 14 bytes, so that no connection to a cloud came about.
 */
function* unanswered(lab: Lab, packets: Traffic): Traffic {
  let time = lab.start;
  for (const packet of packets) {
    if (packet.from.mac !== lab.device.mac) continue;
    const inConnection = packet.protocol === PROTOCOL.tcp && (packet.tcpFlags & ~FLAGS.syn) !== 0;
    if (inConnection && packet.to.mac !== lab.target.mac) continue;
    ({ time } = packet);
    yield packet;
  }
  return time;
}

/** Once a second the device pings the machine that commands it, as the first rows of the gafgyt files show. */
function* pings(lab: Lab, start: number): Traffic {
  const random = lab.random('pings');
  for (let time = start; ; time += normal(random, 1.022, 0.004))
    yield* ping(time, lab.device, lab.commander, uniform(random, 0.0004, 0.004));
}

/** The order to attack, over the connection that the bot keeps open: a line there, a line back. */
function* order(lab: Lab, time: number): Traffic {
  const random = lab.random('command');
  const ports = [40_000 + random.int(20_000), 23] as const;
  const { commander, device } = lab;
  const connection = new Connection(random, time, device, commander, ports, 0.004);
  yield* connection.send('server', uniform(random, 15, 50));
  return yield* connection.send('client', uniform(random, 8, 40));
}

/** Seconds between times of talk, on average. */
const TALK = 32;

/**
 * An infected device answers another machine of the lab: some times in a row, 1,137 bytes there and 909 or 500
 * back, over one connection; once after the order, then now and then. What they say is not known; that
 * they do follows from the whole gafgyt set: no mean in a stream exceeds 909 and no magnitude 1,456 = sqrt(909² +
 * 1137²), and sizes within one pair of ports deviate by 204 at most, half of 909 - 500, within a second by nothing.
 * How often: in files of 50 s (tcp, udp, junk) the sizes beyond those of attack and pings add up to some 14,000
 * bytes, in those of 100 s (combo) to 24,000, in those of 430 s (scan) to 70,000.
 */
function* reports(lab: Lab, start: number): Traffic {
  const random = lab.random('reports');
  const ports = [40_000 + random.int(20_000), 1024 + random.int(30_000)] as const;
  const back = [ports[1], ports[0]] as const;
  const { device, monitor } = lab;
  for (let time = start + uniform(random, 1, 20); ; time += exponential(random, TALK)) {
    const length = happens(random, 0.79) ? 909 : 500;
    for (let left = wholeBetween(random, 3, 9); left > 0; left--) {
      yield segment(time, monitor, device, 1137, back, FLAGS.psh | FLAGS.ack);
      time += uniform(random, 0.002, 0.02);
      yield segment(time, device, monitor, length, ports, FLAGS.psh | FLAGS.ack);
      time += uniform(random, 0.0003, 0.04);
      yield segment(time, monitor, device, SHORTEST, back, FLAGS.ack);
      time += exponential(random, 0.3);
    }
  }
}
