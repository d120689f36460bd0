import { PROTOCOL } from '../packet-batch';
import { FEATURE_NAMES } from '../schema';
import { CELLS, type Cell } from './cell';
import { type Host, type Packet, SHORTEST } from './packet';
import { scenarioOf } from './scenario';
import { simulateRows } from './simulation';

function cell(device: string, family: string, attack: string | null): Cell {
  return CELLS.find(
    (one) => one.device.startsWith(device) && one.family === family && one.attack === attack,
  )!;
}

function first(one: Cell, count: number, seed = 1): Packet[] {
  const packets: Packet[] = [];
  for (const packet of scenarioOf(one, seed).packets) {
    packets.push(packet);
    if (packets.length === count) break;
  }
  return packets;
}

const isAt = (one: Host, other: Host): boolean =>
  one.mac === other.mac && one.address[0] === other.address[0];

const nameOf = ({ device, family, attack }: Cell) => `${device} ${family} ${attack ?? ''}`;

describe.each(CELLS.map((one) => [nameOf(one), one] as const))('%s', (_, one) => {
  const { lab, givesRow } = scenarioOf(one, 1);
  const packets = first(one, 3000);

  it('is in time order, of lengths that Ethernet carries', () => {
    const late = packets.filter(({ time }, i) => time < (packets[i - 1]?.time ?? lab.start));
    expect(late).toEqual([]);
    const odd = packets.filter(
      ({ length }) => !Number.isInteger(length) || length < SHORTEST || length > 1514,
    );
    expect(odd).toEqual([]);
  });
  it('is from or to the device, and gives rows of what the device sends', () => {
    const { mac } = lab.device;
    expect(packets.filter(({ from, to }) => from.mac !== mac && to.mac !== mac)).toEqual([]);
    const rows = packets.filter(givesRow);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ from }) => from.mac !== mac)).toEqual([]);
  });
  it('is the same for the same seed, and another for another', () => {
    expect(first(one, 200)).toEqual(packets.slice(0, 200));
    expect(first(one, 200, 2)).not.toEqual(packets.slice(0, 200));
  });
});

describe('the clock', () => {
  it('starts at random within the same weeks, whatever is recorded', () => {
    const starts = (family: string) =>
      CELLS.filter((one) => one.family === family).flatMap((one) =>
        [1, 2, 3, 4].map((seed) => scenarioOf(one, seed).lab.start),
      );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;
    const [benign, gafgyt, mirai] = ['benign', 'gafgyt', 'mirai'].map(starts);
    const weeks = 10 * 7 * 86_400;
    for (const values of [benign!, gafgyt!, mirai!]) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(1_504_224_000);
      expect(Math.max(...values)).toBeLessThan(1_504_224_000 + weeks);
      // Standard error of a mean of 36 uniform numbers: 0.048 of the range.
      expect(Math.abs(mean(values) - 1_504_224_000 - weeks / 2)).toBeLessThan(0.17 * weeks);
    }
  });
});

describe('gafgyt', () => {
  it('scans port 23 with SYNs of 74 bytes, three to each address, 3 and 6 seconds apart', () => {
    const one = cell('Danmini', 'gafgyt', 'scan');
    const { lab } = scenarioOf(one, 1);
    const tries = new Map<number, number[]>();
    for (const packet of first(one, 6000)) {
      if (packet.destinationPort !== 23 || packet.from.mac !== lab.device.mac) continue;
      if (packet.length !== 74) continue;
      const address = packet.to.address[0]!;
      tries.set(address, [...(tries.get(address) ?? []), packet.time]);
    }
    const complete = [...tries.values()].filter(({ length }) => length === 3);
    expect(complete.length).toBeGreaterThan(tries.size / 2);
    for (const [a, b, c] of complete) {
      expect(b! - a!).toBeCloseTo(3.005, 1);
      expect(c! - b!).toBeCloseTo(6.01, 1);
    }
  });
  it('connects to a closed port: SYN there, RST back, the next source port', () => {
    const one = cell('Ecobee', 'gafgyt', 'junk');
    const { lab } = scenarioOf(one, 1);
    const packets = first(one, 4000).filter(
      ({ from, to }) => isAt(from, lab.target) || isAt(to, lab.target),
    );
    const syns = packets.filter(({ to }) => isAt(to, lab.target));
    const resets = packets.filter(({ from }) => isAt(from, lab.target));
    expect(Math.abs(syns.length - resets.length)).toBeLessThan(12);
    expect(new Set(syns.map(({ sourcePort }) => sourcePort)).size).toBe(syns.length);
    expect(new Set(packets.map(({ length }) => length))).toEqual(new Set([60, 74]));
  });
  it.each(['tcp', 'udp'])('floods with %s from addresses of its own, 60 bytes each', (attack) => {
    const one = cell('Ennio', 'gafgyt', attack);
    const { lab } = scenarioOf(one, 1);
    const flood = first(one, 3000).filter(({ to }) => isAt(to, lab.target));
    expect(flood.length).toBeGreaterThan(2500);
    expect(new Set(flood.map(({ from }) => from.address[0])).size).toBe(flood.length);
    expect(new Set(flood.map(({ from }) => from.mac))).toEqual(new Set([lab.device.mac]));
    expect(new Set(flood.map(({ length }) => length))).toEqual(new Set([60]));
    expect(flood.every(({ protocol }) => protocol === PROTOCOL[attack as 'tcp' | 'udp'])).toBe(
      true,
    );
  });
  it('makes tcp and udp rows of which no feature but the clock can tell which they are', () => {
    const clock = FEATURE_NAMES.map(
      (name) => name.startsWith('HH_jit') && !name.endsWith('weight'),
    );
    const rowsOf = (attack: string): string[] => {
      const rows = Uint32Array.from({ length: 4000 }, (_, row) => row + 1000);
      const features = simulateRows(cell('Ennio', 'gafgyt', attack), rows, { seed: 1 });
      return Array.from(rows, (_, i) =>
        features
          .subarray(i * 115, (i + 1) * 115)
          .filter((_value, column) => !clock[column])
          .join(),
      );
    };
    const [tcp, udp] = [rowsOf('tcp'), rowsOf('udp')];
    const common = new Set(tcp.filter((row) => udp.includes(row)));
    expect(udp.filter((row) => common.has(row)).length).toBeGreaterThan(0.99 * udp.length);
    expect(tcp.filter((row) => common.has(row)).length).toBeGreaterThan(0.99 * tcp.length);
  });
});

describe('mirai', () => {
  it('scans in bursts, a tenth to port 2323, from one port, never into private networks', () => {
    const one = cell('Danmini', 'mirai', 'scan');
    const { lab } = scenarioOf(one, 1);
    const syns = first(one, 3000).filter(
      ({ length, from, protocol }) =>
        from.mac === lab.device.mac && length === 60 && protocol === PROTOCOL.tcp,
    );
    expect(new Set(syns.map(({ sourcePort }) => sourcePort)).size).toBe(1);
    const other = syns.filter(({ destinationPort }) => destinationPort === 2323).length;
    expect(other / syns.length).toBeCloseTo(0.1, 1);
    const firstBytes = new Set(syns.map(({ to }) => to.address[0]! >>> 24));
    for (const excluded of [0, 10, 127, 224, 255]) expect(firstBytes.has(excluded)).toBe(false);
  });
  it.each([
    ['ack', 566, PROTOCOL.tcp],
    ['syn', 74, PROTOCOL.tcp],
    ['udp', 554, PROTOCOL.udp],
    ['udpplain', 554, PROTOCOL.udp],
  ] as const)(
    'floods with %s packets of %d bytes, from its own address',
    (attack, bytes, protocol) => {
      const one = cell('Ecobee', 'mirai', attack);
      const { lab } = scenarioOf(one, 1);
      const flood = first(one, 3000).filter(
        (packet) => isAt(packet.to, lab.target) && packet.protocol !== PROTOCOL.arp,
      );
      expect(flood.length).toBeGreaterThan(1500);
      expect(flood.filter(({ from }) => !isAt(from, lab.device))).toEqual([]);
      expect(new Set(flood.map(({ length }) => length))).toEqual(new Set([bytes]));
      expect(flood.every((packet) => packet.protocol === protocol)).toBe(true);
      const sockets = new Set(
        flood.map((packet) => packet.sourcePort * 65_536 + packet.destinationPort),
      );
      if (attack === 'udpplain') expect(sockets.size).toBe(1);
      else expect(sockets.size).toBeGreaterThan(0.99 * flood.length);
    },
  );
  it('is refused for a device that had none', () => {
    const one = { ...cell('Danmini', 'mirai', 'udp'), device: 'Ennio_Doorbell' };
    expect(() => scenarioOf(one, 1)).toThrow('Ennio_Doorbell has no Mirai capture');
  });
});

describe('mean packet sizes', () => {
  const column = FEATURE_NAMES.indexOf('MI_dir_L5_mean');
  const meanSize = (one: Cell): number => {
    const rows = Uint32Array.from({ length: Math.floor(one.rows / 20) }, (_, i) => i * 20);
    const features = simulateRows(one, rows, { seed: 1 });
    return rows.reduce((sum, _, i) => sum + features[i * 115 + column]!, 0) / rows.length;
  };
  it.each(
    CELLS.filter(({ family }) => family === 'benign').map((one) => [nameOf(one), one] as const),
  )('of %sare within a fifth of the published one', (_, one) => {
    expect(meanSize(one) / one.meanSize).toBeGreaterThan(0.8);
    expect(meanSize(one) / one.meanSize).toBeLessThan(1.2);
  });
  it.each(
    CELLS.filter(
      ({ device, attack }) => device.startsWith('SimpleHome_XCS7_1002') && attack !== null,
    ).map((one) => [nameOf(one), one] as const),
  )('of %s are within a thirtieth of the published one', (_, one) => {
    expect(Math.abs(meanSize(one) / one.meanSize - 1)).toBeLessThan(1 / 30);
  });
});

it.each<[Cell['family'], string]>([
  ['mirai', 'dns'],
  ['mirai', 'combo'],
  ['gafgyt', 'ack'],
  ['benign', 'scan'],
])('refuses an attack that is not played: %s %s', (family, attack) => {
  const unknown: Cell = { ...cell('Danmini', 'mirai', 'scan'), family, attack };
  expect(() => scenarioOf(unknown, 1)).toThrow(/^no such (attack|family): /);
});
