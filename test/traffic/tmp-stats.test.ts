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

function batchOf(packets: readonly Packet[]): PacketBatch {
  const batch = new PacketBatch(packets.length);
  let time = 1505661693;
  for (const { gap, bytes, macs, hosts, ports, kind } of packets) {
    const i = batch.size++;
    time += gap;
    batch.time[i] = time;
    batch.length[i] = bytes;
    batch.protocol[i] = kind.protocol;
    batch.family[i] = kind.family;
    [batch.sourceMac[i], batch.destinationMac[i]] = macs.map((mac) => mac * 0x02_00_01_00_00_01);
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

/** The level of what a column's window sums up; rounding goes with its square in some columns. */
const LEVELS = FEATURES.map(({ block, window, statistic }) => {
  const level = ['radius', 'covariance'].includes(statistic) ? 'magnitude' : 'mean';
  return FEATURE_NAMES.indexOf(`${block}_${window}_${level}`);
});

/** Whether two rows agree in a column as far as rounding lets them. */
function agrees({ index, statistic }: Feature, row: Float64Array, plain: Float64Array): boolean {
  const noise = plain[LEVELS[index]!]! ** 2;
  const power = statistic === 'std' ? 2 : 1;
  const value = row[index]! ** power;
  const expected = plain[index]! ** power;
  const difference = Math.abs(value - expected);
  if (statistic === 'pcc') {
    return difference <= 1e-6;
  }
  const cancels = ['variance', 'std', 'radius', 'covariance'].includes(statistic);
  return difference <= 1e-12 * (Math.abs(expected) + (cancels ? noise : 0));
}

let total=0,big=0,zc=0; const nz=new Int32Array(115);afterAll(()=>console.log(total,big,zc,[...nz].join(' ')));
it('agree with those of a plain implementation', () => {
  const row = new Float64Array(FEATURES.length);
  const plainRow = new Float64Array(FEATURES.length);
  const check = (packets: Packet[]): void => {
    const batch = batchOf(packets);
    const extractor = new FeatureExtractor();
    const plain = new PlainExtractor();
    for (let i = 0; i < batch.size; i++) {
      extractor.update(batch, i);
      extractor.write(row);
      plain.update(batch, i);
      plain.write(plainRow);
      total++; for (const f of FEATURES) { if (plainRow[f.index] !== 0) nz[f.index]!++; if (f.statistic==='pcc' && Math.abs(plainRow[f.index]!)>1.0001) big++; if (f.statistic==='covariance' && plainRow[f.index]===0) zc++; }
      const wrong = FEATURES.filter((feature) => !agrees(feature, row, plainRow));
      expect(
        wrong.map(({ name, index }) => `packet ${i} ${name} ${row[index]} ${plainRow[index]}`),
      ).toEqual([]);
    }
  };
  fc.assert(fc.property(fc.array(PACKET, { minLength: 1, maxLength: 400, size: 'max' }), check), {
    numRuns: 100,
    seed: Number(process.env['S']), verbose: 0,
  });
});
