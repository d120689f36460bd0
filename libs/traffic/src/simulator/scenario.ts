import { boot, renewal } from './boot';
import type { Cell } from './cell';
import { exponential, logNormal, normal, uniform } from './distribution';
import { gafgyt } from './gafgyt';
import type { Household } from './habit';
import { Lab } from './lab';
import { merge } from './merge';
import { mirai } from './mirai';
import type { Packet, Traffic } from './packet';
import { Ports } from './ports';
import { PROFILES } from './profile';
import { Connection } from './tcp';
import { ping } from './udp';

/** One simulated capture: packets without end, and which of them give a row. */
export interface Scenario {
  readonly lab: Lab;
  /** In time order, from and to the device. */
  readonly packets: Traffic;
  /** Rows are of the packets that the device sends, outside of a stretch that was cut out. */
  givesRow(this: void, packet: Packet): boolean;
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
  // Once it is up, a device goes about its habits, under attack as well.
  const habits = (begin: number): Traffic[] =>
    [...profile.steady, ...profile.occasional, renewal].map((habit, i) =>
      habit(household, lab.random(`habit ${i}`), begin),
    );
  const sentByDevice = (packet: Packet): boolean => packet.from.mac === lab.device.mac;

  if (cell.attack === null) {
    const packets = merge([boot(household, lab.random('boot'), start), ...habits(start + 8)]);
    return { lab, packets, givesRow: sentByDevice };
  }
  if (cell.family === 'mirai') {
    if (!profile.pace) throw new RangeError(`${cell.device} has no Mirai capture`);
    const packets = merge([...mirai(lab, cell, profile.pace, start), ...habits(start)]);
    // The published files begin with few rows; the next ones see weights of a bot long at work.
    const cut = uniform(lab.random('cut'), 5, 60);
    const givesRow = (packet: Packet): boolean =>
      sentByDevice(packet) && (packet.time < start + 0.3 || packet.time > start + cut);
    return { lab, packets, givesRow };
  }
  const random = lab.random('order');
  const ordered = start + uniform(random, 1, 4);
  const packets = merge([
    pings(lab, start),
    order(lab, ordered),
    gafgyt(lab, cell.attack, ordered + uniform(random, 0.05, 0.5)),
    transfers(lab, ordered + 1),
    ...habits(start),
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
 * Now and then a file comes over from the commanding machine. What it was is not known: the whole
 * files have few rows with large replies (their `HH_L5_magnitude` deviates by 86 bytes in scan, by
 * 18 in tcp), as acknowledgements of a download have.
 */
function* transfers(lab: Lab, start: number): Traffic {
  const random = lab.random('transfers');
  for (let time = start; ;) {
    time += exponential(random, 60);
    const ports = [40_000 + random.int(20_000), 80] as const;
    const connection = new Connection(random, time, lab.device, lab.commander, ports, 0.004);
    yield* connection.open();
    yield* connection.send('client', uniform(random, 60, 200));
    yield* connection.send('server', logNormal(random, 40_000, 0.8));
    time = yield* connection.close('server');
  }
}
