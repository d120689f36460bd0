import {
  FEATURE_NAMES,
  FEATURES,
  FeatureExtractor,
  PacketBatch,
  PROTOCOL,
  type Feature,
} from '@botlab/traffic';
import fc from 'fast-check';
import { PlainExtractor } from '../bench/plain-extractor';

interface Packet {
  readonly gap: number;
  readonly bytes: number;
  readonly macs: readonly [number, number];
  readonly hosts: readonly [number, number];
  readonly ports: readonly [number, number];
  readonly kind: { readonly protocol: number; readonly family: number };
}

/** Seconds since the packet before. */
const GAP = fc.oneof(
  { weight: 10, arbitrary: fc.constant(0) },
  { weight: 40, arbitrary: fc.double({ min: 1e-6, max: 0.5, noNaN: true }) },
  { weight: 10, arbitrary: fc.double({ min: 0.5, max: 60, noNaN: true }) },
  // Back, by less or more than a stream's last pause.
  { weight: 5, arbitrary: fc.double({ min: -60, max: -1e-6, noNaN: true }) },
  // Weights underflow to 0, in the fastest window and then in others.
  { weight: 1, arbitrary: fc.double({ min: 200, max: 1200, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 3600, max: 2e5, noNaN: true }) },
);
/** Few parties, so that most packets belong to streams that are there; some send to themselves. */
const PARTIES = fc.constantFrom<Packet['hosts'][]>([1, 2], [1, 2], [1, 3], [1, 1]);
const PORTS = fc.constantFrom<Packet['ports'][]>([1, 2], [1, 2], [1, 1]);
const IPV4 = fc.constantFrom(PROTOCOL.tcp, PROTOCOL.udp, PROTOCOL.icmp, PROTOCOL.other);
const IPV6 = fc.constantFrom(PROTOCOL.tcp, PROTOCOL.udp, PROTOCOL.other);
const KIND = fc.oneof(
  { weight: 5, arbitrary: fc.record({ protocol: IPV4, family: fc.constant(4) }) },
  { weight: 3, arbitrary: fc.record({ protocol: IPV6, family: fc.constant(6) }) },
  fc.constant({ protocol: PROTOCOL.arp, family: 4 }),
  fc.constant({ protocol: PROTOCOL.none, family: 0 }),
);
const PACKET: fc.Arbitrary<Packet> = fc
  .record({
    gap: GAP,
    bytes: fc.oneof(fc.constantFrom(60, 98, 1514), fc.integer({ min: 60, max: 1514 })),
    macs: PARTIES,
    hosts: PARTIES,
    ports: PORTS,
    kind: KIND,
    isReply: fc.boolean(),
  })
  .map(({ isReply, ...packet }) => (isReply ? reply(packet) : packet));

function reply({ macs, hosts, ports, ...packet }: Packet): Packet {
  return {
    ...packet,
    macs: [macs[1], macs[0]],
    hosts: [hosts[1], hosts[0]],
    ports: [ports[1], ports[0]],
  };
}

/** Of parties 1, 2 and 3: they differ in the last byte, or only in the first ones. */
const MACS = [NaN, 0x02_00_00_00_00_01, 0x02_00_00_00_00_02, 0x02_01_00_00_00_01];

/** When a capture may begin: in 2017, with a clock that was not set, and before 1970. */
const START = fc.constantFrom(1505661693, -3, -1505661693);

function batchOf(packets: readonly Packet[], start: number): PacketBatch {
  const batch = new PacketBatch(packets.length);
  let time = start;
  for (const { gap, bytes, macs, hosts, ports, kind } of packets) {
    const i = batch.size++;
    time += gap;
    batch.time[i] = time;
    batch.length[i] = bytes;
    batch.protocol[i] = kind.protocol;
    batch.family[i] = kind.family;
    batch.sourceMac[i] = MACS[macs[0]]!;
    batch.destinationMac[i] = MACS[macs[1]]!;
    for (const [end, words] of [batch.source, batch.destination].entries()) {
      // The first word alone does not tell an IPv6 host from an IPv4 host, nor from another.
      words[4 * i] = kind.family === 6 ? 1 : hosts[end]!;
      if (kind.family === 6) words[4 * i + 3] = hosts[end]!;
    }
    if (kind.protocol === PROTOCOL.tcp || kind.protocol === PROTOCOL.udp)
      [batch.sourcePort[i], batch.destinationPort[i]] = ports;
  }
  return batch;
}

/** For each column the mean or magnitude that it goes with: its square is the scale of rounding. */
const LEVELS = FEATURES.map(({ block, window, statistic }) => {
  const level = ['radius', 'covariance', 'pcc'].includes(statistic) ? 'magnitude' : 'mean';
  return FEATURE_NAMES.indexOf(`${block}_${window}_${level}`);
});

/** Whether two rows agree in a column as far as rounding lets them. */
function agrees({ index, statistic }: Feature, row: Float64Array, plain: Float64Array): boolean {
  const level = plain[LEVELS[index]!]! ** 2;
  if (statistic === 'pcc') {
    const variance = plain[index - 4]! ** 2;
    const reverseVariance = Math.sqrt(Math.max(0, plain[index - 2]! ** 2 - variance ** 2));
    // Of lengths that hardly vary it is a quotient of rounding errors.
    if (Math.min(variance, reverseVariance) < 1e-6 * level) return Number.isFinite(row[index]);
    return Math.abs(row[index]! - plain[index]!) <= 1e-6;
  }
  const power = statistic === 'std' ? 2 : 1;
  const expected = plain[index]! ** power;
  const noise = ['variance', 'std', 'radius', 'covariance'].includes(statistic) ? level : 0;
  return Math.abs(row[index]! ** power - expected) <= 1e-12 * (Math.abs(expected) + noise);
}

it('agree with those of a plain implementation', () => {
  const row = new Float64Array(FEATURES.length);
  const plainRow = new Float64Array(FEATURES.length);
  const check = (packets: Packet[], start: number): void => {
    const batch = batchOf(packets, start);
    const extractor = new FeatureExtractor();
    const plain = new PlainExtractor();
    for (let i = 0; i < batch.size; i++) {
      extractor.update(batch, i);
      extractor.write(row);
      plain.update(batch, i);
      plain.write(plainRow);
      const wrong = FEATURES.filter((feature) => !agrees(feature, row, plainRow));
      expect(
        wrong.map(({ name, index }) => `packet ${i} ${name} ${row[index]} ${plainRow[index]}`),
      ).toEqual([]);
    }
  };
  const packets = fc.array(PACKET, { minLength: 1, maxLength: 300, size: 'max' });
  fc.assert(fc.property(packets, START, check), { numRuns: 150, seed: 1 });
});
