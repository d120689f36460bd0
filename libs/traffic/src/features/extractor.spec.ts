import { Random } from '@botlab/random';
import fc from 'fast-check';
import {
  FEATURE_NAMES,
  FEATURES,
  FeatureExtractor,
  PacketBatch,
  PROTOCOL,
  type ExtractorOptions,
  type Protocol,
} from '..';
import { KeyHash } from './key-hash';

const START = 1505661693;
const CAMERA = 0xc0a80132; // 192.168.1.50
const SERVER = 0xcb007105; // 203.0.113.5

/** A packet from port 40000 of the camera to port 5000 of the server, but for what is given. */
interface Packet {
  readonly time?: number;
  readonly bytes?: number;
  readonly protocol?: Protocol;
  readonly family?: number;
  readonly macs?: readonly [number, number];
  readonly hosts?: readonly [number, number];
  readonly ports?: readonly [number, number];
}

function batchOf(packets: readonly Packet[]): PacketBatch {
  const batch = new PacketBatch(packets.length);
  for (const packet of packets) {
    const i = batch.size++;
    batch.time[i] = packet.time ?? START;
    batch.length[i] = packet.bytes ?? 100;
    batch.protocol[i] = packet.protocol ?? PROTOCOL.udp;
    const family = (batch.family[i] = packet.family ?? 4);
    [batch.sourceMac[i], batch.destinationMac[i]] = packet.macs ?? [0x020000000032, 0x020000000001];
    const [from, to] = packet.hosts ?? [CAMERA, SERVER];
    // Of IPv6 addresses the last word differs.
    batch.source[4 * i + (family === 6 ? 3 : 0)] = from;
    batch.destination[4 * i + (family === 6 ? 3 : 0)] = to;
    [batch.sourcePort[i], batch.destinationPort[i]] = packet.ports ?? [40000, 5000];
  }
  return batch;
}

/** The rows after each of the packets. */
function rowsOf(packets: readonly Packet[], extractor = new FeatureExtractor()): Float64Array[] {
  const batch = batchOf(packets);
  return packets.map((_, i) => {
    const row = new Float64Array(FEATURES.length);
    extractor.update(batch, i);
    extractor.write(row);
    return row;
  });
}

/** The row after the last of the packets, by column. */
function lastRow(...packets: Packet[]): (name: string) => number {
  const row = rowsOf(packets).at(-1)!;
  return (name) => row[FEATURE_NAMES.indexOf(name)] ?? NaN;
}

/** The first row that is not as expected; -1 if there is none. */
function firstDifference(rows: Float64Array[], expected: Float64Array[]): number {
  expect(rows).toHaveLength(expected.length);
  return rows.findIndex((row, i) => row.some((value, at) => value !== expected[i]![at]));
}

const reply = {
  macs: [0x020000000001, 0x020000000032],
  hosts: [SERVER, CAMERA],
  ports: [5000, 40000],
} as const;

describe('FeatureExtractor', () => {
  it("gives a first packet's own length and time", () => {
    const value = lastRow({ time: START + 0.25, bytes: 110 });
    for (const { name, block, statistic } of FEATURES) {
      const level = block === 'HH_jit' ? START + 0.25 : 110;
      const expected = { weight: 1, mean: level, magnitude: level } as Record<string, number>;
      expect([name, value(name)]).toEqual([name, expected[statistic] ?? 0]);
    }
  });

  it('halves the weight in the half-life of a window', () => {
    const value = lastRow({ bytes: 60 }, { time: START + 1, bytes: 120 });
    expect(value('H_L1_weight')).toBe(1.5);
    expect(value('H_L1_mean')).toBe(100);
    expect(value('H_L1_variance')).toBeCloseTo(800, 9);
    expect(value('H_L5_weight')).toBe(1 + 1 / 32);
    expect(value('HH_jit_L1_mean')).toBeCloseTo((START / 2 + 1) / 1.5, 3);
  });

  it('does not decay within a moment, nor when time goes back', () => {
    const value = lastRow({}, {}, { time: START - 5 });
    expect(value('HH_L5_weight')).toBe(3);
    expect(value('HH_jit_L5_mean')).toBe(START / 3);
  });

  it('puts the two directions of a channel together', () => {
    const value = lastRow({}, reply);
    for (const block of ['HH', 'HpHp']) {
      expect(value(`${block}_L1_weight`)).toBe(1);
      expect(value(`${block}_L1_mean`)).toBe(100);
      expect(value(`${block}_L1_magnitude`)).toBeCloseTo(Math.SQRT2 * 100, 12);
    }
    expect(value('HH_jit_L1_mean')).toBe(START);
  });

  it('has a covariance where the lengths of both directions vary together', () => {
    const packets: Packet[] = [60, 80, 1000, 1400].flatMap((bytes, i) => [
      { time: START + i, bytes },
      { ...reply, time: START + i, bytes },
    ]);
    expect(lastRow(...packets)('HH_L0.01_covariance')).toBeGreaterThan(1e5);
    expect(lastRow(...packets)('HH_L0.01_pcc')).toBeGreaterThan(0.5);
  });

  it('forgets the other direction when its weight underflows', () => {
    const value = lastRow(reply, { time: START + 216 });
    expect(value('HH_L5_magnitude')).toBe(100);
    expect(value('HH_L3_magnitude')).toBeCloseTo(Math.SQRT2 * 100, 12);
  });

  it('does not see whether it is TCP or UDP', () => {
    const packets = (protocol: Protocol): Packet[] =>
      Array.from({ length: 9 }, (_, i) => ({
        ...(i % 3 === 0 ? reply : {}),
        time: START + i * i,
        bytes: 60 + i,
        protocol,
      }));
    expect(rowsOf(packets(PROTOCOL.tcp))).toEqual(rowsOf(packets(PROTOCOL.udp)));
    const mixed = packets(PROTOCOL.udp).map((packet, i) => ({
      ...packet,
      protocol: i % 2 ? PROTOCOL.udp : PROTOCOL.tcp,
    }));
    expect(rowsOf(mixed)).toEqual(rowsOf(packets(PROTOCOL.udp)));
  });

  it.each<[string, Packet, Packet, number, number]>([
    ['ports', {}, { ports: [40000, 5001] }, 2, 1],
    ['ICMP and what has no ports', { protocol: PROTOCOL.icmp }, { protocol: PROTOCOL.other }, 2, 1],
    ['ICMP and port 0', { protocol: PROTOCOL.icmp }, { ports: [0, 0] }, 2, 1],
    ['no ports and port 0', { protocol: PROTOCOL.other }, { ports: [0, 0] }, 2, 1],
    ['ARP and what has no ports', { protocol: PROTOCOL.arp }, { protocol: PROTOCOL.other }, 2, 1],
    ['IPv4 and IPv6', { hosts: [0, 0] }, { hosts: [0, 0], family: 6 }, 1, 1],
    ['target addresses', {}, { hosts: [CAMERA, SERVER + 1] }, 1, 1],
    ['what says the same', { protocol: PROTOCOL.icmp }, { protocol: PROTOCOL.icmp }, 2, 2],
  ])('sockets: %s', (_, first, second, channelWeight, socketWeight) => {
    const value = lastRow(first, second);
    expect(value('HH_L1_weight')).toBe(channelWeight);
    expect(value('HpHp_L1_weight')).toBe(socketWeight);
  });

  it('takes the MACs where there is no IP, and for the sockets of ARP', () => {
    const none: Packet = { protocol: PROTOCOL.none, family: 0, hosts: [0, 0], ports: [0, 0] };
    const between = lastRow(none, { ...none, macs: [0x020000000032, 0x020000000002] });
    expect([between('H_L1_weight'), between('HH_L1_weight')]).toEqual([2, 1]);
    const arp: Packet = { protocol: PROTOCOL.arp, ports: [0, 0] };
    const other = lastRow(arp, { ...arp, hosts: [CAMERA, SERVER + 1] });
    expect([other('HH_L1_weight'), other('HpHp_L1_weight')]).toEqual([1, 2]);
  });

  it('tells apart devices that use one address', () => {
    // Other in the last byte; in the first.
    for (const mac of [0x020000000033, 0x060000000032]) {
      const value = lastRow({}, { macs: [mac, 0x020000000001] });
      expect([value('MI_dir_L1_weight'), value('H_L1_weight')]).toEqual([1, 2]);
    }
  });

  it('takes what a party sends to itself for both directions', () => {
    const self: Packet = { hosts: [CAMERA, CAMERA] };
    const value = lastRow({ ...self, bytes: 60 }, { ...self, bytes: 80 });
    expect(value('HH_L1_magnitude')).toBeCloseTo(Math.SQRT2 * 70, 12);
    expect(value('HpHp_L1_weight')).toBe(2);
    expect(value('HpHp_L1_magnitude')).toBe(70);
  });

  it('gives the same rows before 1970, but for the times themselves', () => {
    const random = new Random(1, 'before 1970');
    // Sixty-fourths of a second, and a shift by whole ones: the gaps are the same to the bit.
    const packets = Array.from({ length: 300 }, (_, i) => {
      const party = random.int(3);
      const isReply = random.int(3) === 0;
      const bytes = 60 + random.int(1000);
      const time = START + i / 64 + random.int(2) * 8;
      const hosts = party === 0 ? [CAMERA, CAMERA] : isReply ? [SERVER, CAMERA] : [CAMERA, SERVER];
      return { time, bytes, hosts: hosts as [number, number] };
    });
    const columns = FEATURES.filter(
      ({ block, statistic }) => block !== 'HH_jit' || statistic === 'weight',
    );
    const rows = rowsOf(packets);
    for (const shift of [START + 2, START + 100, 2 * START]) {
      const shifted = rowsOf(packets.map((packet) => ({ ...packet, time: packet.time - shift })));
      for (const [i, row] of rows.entries())
        for (const { index, name } of columns)
          expect([i, name, shifted[i]![index]]).toEqual([i, name, row[index]]);
    }
  });

  it('decays before 1970, where a first inter-arrival time is 0', () => {
    const value = lastRow({ time: -10, bytes: 60 }, { time: -9, bytes: 120 });
    expect(value('H_L1_weight')).toBe(1.5);
    expect(value('HH_L1_mean')).toBe(100);
    expect(value('HpHp_L5_weight')).toBe(1 + 1 / 32);
    expect(value('HH_jit_L1_mean')).toBe(1 / 1.5);
  });

  it('gives the same rows whatever the secret of its tables', () => {
    const random = new Random(1, 'secrets');
    const packets = Array.from({ length: 2000 }, (_, i): Packet => {
      const hosts = [random.int(40), random.int(40)] as const;
      return { time: START + i / 8, hosts, ports: [random.int(9), random.int(9)] };
    });
    for (const options of [{}, { idle: 30 }]) {
      const secrets = Array.from({ length: 3 }, () => new KeyHash());
      const [first, ...others] = secrets.map((secret) =>
        rowsOf(packets, new FeatureExtractor(options, secret)),
      );
      for (const rows of others) expect(firstDifference(rows, first!)).toBe(-1);
    }
  });

  it('counts packets and streams', () => {
    const extractor = new FeatureExtractor();
    rowsOf([{}, reply, { ports: [40001, 5000] }, { hosts: [CAMERA, 1] }], extractor);
    expect(extractor.packets).toBe(4);
    expect(extractor.streams).toEqual({ MI_dir: 2, H: 2, HH: 2, HpHp: 3 });
  });

  it('writes the last row as often as it is asked to, and where', () => {
    const extractor = new FeatureExtractor();
    const [, expected] = rowsOf([{}, reply], extractor);
    const room = new Float64Array(300).fill(-1);
    extractor.write(room, 100);
    extractor.write(room, 100);
    expect(room.slice(100, 215)).toEqual(expected);
    expect(room.slice(0, 100).every((value) => value === -1)).toBe(true);
    expect(room.slice(215).every((value) => value === -1)).toBe(true);
    const packets: Packet[] = [{}, reply, { time: START + 1 }];
    const asked = new FeatureExtractor();
    const batch = batchOf(packets);
    for (let i = 0; i < batch.size; i++) asked.update(batch, i);
    asked.write(room);
    expect(room.slice(0, 115)).toEqual(rowsOf(packets).at(-1));
  });

  it('refuses a row before the first packet, and one that is too short', () => {
    const extractor = new FeatureExtractor();
    expect(() => extractor.write(new Float64Array(115))).toThrow('no packet yet');
    rowsOf([{}], extractor);
    expect(() => extractor.write(new Float64Array(114))).toThrow('a row needs 115 numbers');
    expect(() => extractor.write(new Float64Array(115), 1)).toThrow('from 1 on');
  });
});

describe('FeatureExtractor that forgets the idle', () => {
  it.each([0, -1, NaN])('refuses %d seconds', (idle) => {
    expect(() => new FeatureExtractor({ idle })).toThrow('idle must be a positive number');
  });

  it('starts anew with who comes back', () => {
    const packets = [{}, { hosts: [1, 2] as const, time: START + 45 }, { time: START + 70 }];
    const weight = FEATURE_NAMES.indexOf('H_L0.01_weight');
    const extractor = new FeatureExtractor({ idle: 30 });
    const row = rowsOf(packets, extractor).at(-1)!;
    expect(row[weight]).toBe(1);
    expect(row).toEqual(rowsOf(packets.slice(2))[0]);
    expect(rowsOf(packets).at(-1)![weight]).toBeCloseTo(1 + 2 ** -0.7, 12);
    expect(extractor.dropped).toEqual({ MI_dir: 1, H: 1, HH: 1, HpHp: 1 });
    expect(extractor.streams).toEqual({ MI_dir: 2, H: 2, HH: 2, HpHp: 2 });
  });

  it('forgets a source that others still send to', () => {
    const packets: Packet[] = [
      { ...reply, hosts: [SERVER, 1] },
      { time: START + 20 },
      { time: START + 40 },
    ];
    const extractor = new FeatureExtractor({ idle: 30 });
    rowsOf(packets, extractor);
    expect(extractor.streams).toEqual({ MI_dir: 1, H: 1, HH: 1, HpHp: 1 });
    const [row] = rowsOf([{ ...reply, time: START + 41 }], extractor);
    expect(row![FEATURE_NAMES.indexOf('H_L0.01_weight')]).toBe(1);
    expect(row![FEATURE_NAMES.indexOf('HH_L0.01_magnitude')]).toBeGreaterThan(140);
  });

  it('keeps who is back in time', () => {
    const packets = Array.from({ length: 20 }, (_, i) => ({ time: START + 29 * i }));
    const extractor = new FeatureExtractor({ idle: 30 });
    expect(firstDifference(rowsOf(packets, extractor), rowsOf(packets))).toBe(-1);
    expect(extractor.dropped).toEqual({ MI_dir: 0, H: 0, HH: 0, HpHp: 0 });
  });

  it('changes nothing for those who stay, whatever comes and goes beside them', () => {
    const random = new Random(1, 'stay');
    const kinds = [
      { protocol: PROTOCOL.tcp },
      { protocol: PROTOCOL.udp, family: 6 },
      { protocol: PROTOCOL.icmp },
      { protocol: PROTOCOL.arp, ports: [0, 0] },
      { protocol: PROTOCOL.none, family: 0, hosts: [0, 0], ports: [0, 0] },
    ] as const;
    const packets: Packet[] = [];
    const stays: boolean[] = [];
    for (let second = 0; second < 400; second++) {
      const time = START + second;
      // Passers-by first, so that the numbers of those who stay move up when they are gone.
      for (let i = 0; i < 3; i++) {
        const kind = kinds[random.int(kinds.length)]!;
        const macs = [random.int(2 ** 32), random.int(2 ** 32)] as const;
        const hosts = [random.int(2 ** 32), random.int(2 ** 32)] as const;
        packets.push({ macs, hosts, ...kind, time, bytes: 60 + random.int(1000) });
        stays.push(false);
      }
      for (const kind of kinds) {
        const isReply = second % 4 === 3;
        const bytes = 60 + random.int(1000);
        packets.push({ ...(isReply ? reply : {}), ...kind, time: time + 0.5, bytes });
        stays.push(true);
      }
    }
    const staying = (rows: Float64Array[]): Float64Array[] => rows.filter((_, i) => stays[i]);
    const extractor = new FeatureExtractor({ idle: 20 });
    const rows = staying(rowsOf(packets, extractor));
    expect(firstDifference(rows, staying(rowsOf(packets)))).toBe(-1);
    expect(extractor.dropped.H).toBeGreaterThan(900);
    expect(extractor.streams.H).toBeLessThan(150);
  });

  it.each([0, 1, 50])('keeps its streams apart when a clock is ahead after %d packets', (at) => {
    const ahead = (i: number): number => (i === at || i === at + 1 ? 86_400 : 0);
    const packets = Array.from({ length: 400 }, (_, i): Packet => ({
      time: START + i + ahead(i),
      bytes: 60 + (i % 7),
      ports: [40_000 + (i >> 3), 5000],
      hosts: [CAMERA, SERVER + (i % 3)],
    }));
    const extractor = new FeatureExtractor({ idle: 60 });
    expect(firstDifference(rowsOf(packets, extractor), rowsOf(packets))).toBe(-1);
    expect(extractor.dropped.HpHp).toBeGreaterThan(20);
  });

  it('changes nothing for who was never idle, whatever clocks do', () => {
    const idle = 60;
    /** Seconds that the next packet's clock is off: mostly not, and for a few packets at a time. */
    const fault = fc.record({
      at: fc.nat(250),
      packets: fc.integer({ min: 1, max: 6 }),
      off: fc.constantFrom(-86_400, -3600, -30, 30, 3600, 86_400, 1e8),
    });
    const passing = fc.array(fc.tuple(fc.nat(250), fc.nat(40)), { maxLength: 60 });
    const check = (
      faults: readonly { at: number; packets: number; off: number }[],
      visits: readonly (readonly [number, number])[],
      start: number,
    ): void => {
      const packets: Packet[] = [];
      const stays: boolean[] = [];
      for (let i = 0; i < 250; i++) {
        const off = faults.find(({ at, packets: n }) => i >= at && i < at + n)?.off ?? 0;
        for (const [, visitor] of visits.filter(([second]) => second === i)) {
          packets.push({ time: start + i, hosts: [visitor + 1, SERVER], ports: [visitor, 53] });
          stays.push(false);
        }
        // Two hosts that stay, one of which also opens sockets anew.
        const time = start + i + off;
        packets.push(i % 2 ? { time, bytes: 60 + i } : { ...reply, time, bytes: 1500 - i });
        packets.push({ time, hosts: [CAMERA, SERVER + 1], ports: [40_000 + (i >> 4), 80] });
        stays.push(true, true);
      }
      const staying = (rows: Float64Array[]): Float64Array[] => rows.filter((_, i) => stays[i]);
      const rows = staying(rowsOf(packets, new FeatureExtractor({ idle })));
      expect(firstDifference(rows, staying(rowsOf(packets)))).toBe(-1);
    };
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 3 }), passing, fc.constantFrom(START, -100), check),
      { numRuns: 60, seed: 1 },
    );
  });

  it('goes on forgetting after a clock that was ahead', () => {
    const extractor = new FeatureExtractor({ idle: 10 });
    const batch = batchOf([{}]);
    for (let i = 0; i < 50_000; i++) {
      batch.time[0] = START + i / 1000 + (i === 5000 ? 1e6 : 0);
      batch.source[0] = i;
      extractor.update(batch, 0);
    }
    expect(extractor.streams.H).toBeLessThanOrEqual(15_001);
    expect(extractor.streams.H + extractor.dropped.H).toBe(50_000);
  });
  it.each<[string, ExtractorOptions, number]>([
    ['is bounded by one and a half spans of traffic', { idle: 10 }, 15_001],
    ['grows for ever unless it forgets', {}, 300_000],
  ])('in an endless flood of spoofed sources its memory %s', (_, options, bound) => {
    const random = new Random(1, 'flood');
    const extractor = new FeatureExtractor(options);
    const batch = batchOf([{}]);
    let most = 0;
    for (let i = 0; i < 300_000; i++) {
      batch.time[0] = START + i / 1000;
      batch.source[0] = i;
      batch.sourcePort[0] = random.int(2 ** 16);
      extractor.update(batch, 0);
      if (i % 1000 === 999) most = Math.max(most, extractor.streams.HpHp);
    }
    expect(most).toBeLessThanOrEqual(bound);
    expect(most).toBeGreaterThan(bound / 2);
    const { streams, dropped } = extractor;
    for (const kind of ['MI_dir', 'H', 'HH', 'HpHp'] as const)
      expect(streams[kind] + dropped[kind]).toBe(300_000);
  });
});
