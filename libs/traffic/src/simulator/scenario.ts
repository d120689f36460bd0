import { Random } from '@botlab/random';
import { boot } from './boot';
import { CELLS, type Cell } from './cell';
import { exponential, normal, uniform } from './distribution';
import { gafgyt } from './gafgyt';
import type { Habit, Household } from './habit';
import { Lab } from './lab';
import { merge } from './merge';
import { mirai } from './mirai';
import type { Packet, Traffic } from './packet';
import { Ports } from './ports';
import { resolved } from './probe';
import { type Profile, PROFILES } from './profile';
import { renewal } from './renewal';
import { Connection } from './tcp';
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

  if (cell.attack === null) {
    const packets = merge([boot(household, lab.random('boot'), start), ...habits(start + 8, true)]);
    return { lab, packets, givesRow: sentByDevice };
  }
  if (cell.family === 'mirai') {
    if (!profile.pace) throw new RangeError(`${cell.device} has no Mirai capture`);
    const packets = merge([mirai(lab, cell, profile.pace, start), ...habits(start, false)]);
    // The published files begin with few rows; the next ones see weights of a bot long at work.
    const cut = uniform(lab.random('cut'), 5, 60);
    const givesRow = (packet: Packet): boolean =>
      sentByDevice(packet) && (packet.time < start + 1.1 || packet.time > start + cut);
    return { lab, packets, givesRow };
  }
  if (cell.family !== 'gafgyt') throw new RangeError(`no such family: ${cell.family}`);
  const random = lab.random('order');
  const ordered = start + uniform(random, 1, 4);
  const packets = merge([
    pings(lab, start),
    order(lab, ordered),
    gafgyt(lab, cell.attack, ordered + uniform(random, 0.05, 0.5)),
    reports(lab, ordered),
    ...habits(start, false),
  ]);
  // The published files of scan, junk and combo lack some seconds after the order.
  const cut = ['scan', 'junk', 'combo'].includes(cell.attack) ? uniform(random, 3, 16) : 0;
  const givesRow = (packet: Packet): boolean =>
    sentByDevice(packet) && (packet.time <= ordered + 0.05 || packet.time > ordered + cut);
  return { lab, packets, givesRow };
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

/**
 * Long packets from the device to the machine that commands it, one in six seconds. What they carry
 * is not known; that they are there follows from the whole files: in scan, junk, combo, tcp and udp
 * alike the mean sizes exceed those of the attack's packets by one full packet in 5 to 8 seconds,
 * and the deviations of `HH_L5_magnitude` (86 bytes in scan, 18 in tcp) are those of a few such rows.
 */
function* reports(lab: Lab, start: number): Traffic {
  const random = lab.random('reports');
  const ports = [40_000 + random.int(20_000), 23] as const;
  const connection = new Connection(random, start, lab.device, lab.commander, ports, 0.004);
  for (;;) {
    connection.time += exponential(random, 6);
    yield* connection.send('client', uniform(random, 900, 1448));
  }
}
