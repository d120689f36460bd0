import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { row, rows, type Row } from './capture-bytes.fixture.spec';
import { readCapture } from './capture-file';
import { CaptureWriter } from './capture-writer';
import { PacketBatch, PROTOCOL } from '../packet-batch';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-writer-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'x.pcap');

const word = fc.nat(2 ** 32 - 1);
const ipv4: fc.Arbitrary<number[]> = word.map((first) => [first, 0, 0, 0]);
const ipv6: fc.Arbitrary<number[]> = fc.array(word, { minLength: 4, maxLength: 4 });
const port = fc.nat(0xffff);
const common = {
  micros: fc.nat(2 ** 32 * 1e6 - 1),
  length: fc.oneof(fc.integer({ min: 74, max: 1514 }), fc.constantFrom(74, 65_549, 65_550, 2e5)),
  sourceMac: fc.nat(2 ** 48 - 1),
  destinationMac: fc.oneof(fc.nat(2 ** 48 - 1), fc.constant(2 ** 48 - 1)),
};
const none = {
  tcpFlags: fc.constant(0),
  sourcePort: fc.constant(0),
  destinationPort: fc.constant(0),
};
const ports = { sourcePort: port, destinationPort: port };

function kind(
  protocol: number,
  family: number,
  address: fc.Arbitrary<number[]>,
  rest: object = {},
): fc.Arbitrary<Row> {
  const fields = { protocol: fc.constant(protocol), family: fc.constant(family) };
  return fc
    .record({ ...common, ...fields, source: address, destination: address, ...none, ...rest })
    .map(({ micros, ...packet }) => ({ ...packet, time: micros / 1e6 }));
}

/** Every kind of packet that there is. */
const packet = fc.oneof(
  kind(PROTOCOL.none, 0, fc.constant([0, 0, 0, 0])),
  kind(PROTOCOL.arp, 4, ipv4),
  kind(PROTOCOL.icmp, 4, ipv4),
  ...([ipv4, ipv6] as const).flatMap((address, i) => [
    kind(PROTOCOL.tcp, 4 + 2 * i, address, { ...ports, tcpFlags: fc.nat(255) }),
    kind(PROTOCOL.udp, 4 + 2 * i, address, ports),
    kind(PROTOCOL.other, 4 + 2 * i, address),
  ]),
);

function batchOf(packets: readonly Row[]): PacketBatch {
  const batch = new PacketBatch(packets.length);
  for (const { source, destination, ...fields } of packets) {
    const i = batch.size++;
    for (const [name, value] of Object.entries(fields)) {
      batch[name as keyof typeof fields][i] = value;
    }
    batch.source.set(source, 4 * i);
    batch.destination.set(destination, 4 * i);
  }
  return batch;
}

function write(...batches: PacketBatch[]): void {
  const writer = new CaptureWriter(file);
  for (const batch of batches) writer.append(batch);
  writer.close();
}

async function readBack(): Promise<Row[]> {
  const packets: Row[] = [];
  await readCapture(file, { onBatch: (batch) => void packets.push(...rows(batch)) });
  return packets;
}

it('writes what reads back the same', async () => {
  const some = fc.array(packet, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(some, async (packets) => {
      write(batchOf(packets));
      expect(await readBack()).toEqual(packets);
    }),
    { seed: 1, numRuns: 150 },
  );
});

it('writes more than its buffer holds', async () => {
  const packets = fc.sample(packet, { seed: 2, numRuns: 5000 });
  const batch = batchOf(packets);
  write(...Array.from({ length: 8 }, () => batch));
  expect(await readBack()).toEqual(Array.from({ length: 8 }, () => packets).flat());
});

it('rounds times to microseconds, up to the next second', async () => {
  const batch = batchOf(fc.sample(packet, { seed: 3, numRuns: 2 }));
  batch.time.set([1000.0061884, 1505661693.9999997]);
  write(batch);
  expect((await readBack()).map(({ time }) => time)).toEqual([1000.006188, 1505661694]);
});

/** The records of the file that was written: the captured bytes of each. */
function records(): Buffer[] {
  const bytes = fs.readFileSync(file);
  const found: Buffer[] = [];
  for (let at = 24; at < bytes.length;) {
    const captured = bytes.readUInt32LE(at + 8);
    found.push(bytes.subarray(at + 16, at + 16 + captured));
    at += 16 + captured;
  }
  return found;
}

function lastOf(kinds: fc.Arbitrary<Row>, length: number): Row {
  return { ...fc.sample(kinds, { seed: 4, numRuns: 1 })[0]!, length };
}

it('writes headers that agree with the packet', () => {
  const tcp = lastOf(kind(PROTOCOL.tcp, 4, ipv4, { ...ports, tcpFlags: fc.constant(0x12) }), 1000);
  const udp = lastOf(kind(PROTOCOL.udp, 6, ipv6, ports), 162);
  write(batchOf([tcp, udp]));
  const [first, second] = records();
  expect(first).toHaveLength(54);
  expect([first?.readUInt16BE(12), first?.[14], first?.readUInt16BE(16)]).toEqual([
    0x800, 0x45, 986,
  ]);
  let sum = 0;
  for (let at = 14; at < 34; at += 2) sum += first?.readUInt16BE(at) ?? NaN;
  expect(sum % 0xffff).toBe(0);
  expect(first?.subarray(46, 48)).toEqual(Buffer.of(0x50, 0x12));
  expect(second).toHaveLength(62);
  expect([second?.readUInt16BE(12), second?.readUInt16BE(18), second?.readUInt16BE(58)]).toEqual([
    0x86dd, 108, 108,
  ]);
});

it('knows padding and TCP options from what a segment carries', async () => {
  const segment = (length: number, flags: number): Row =>
    lastOf(kind(PROTOCOL.tcp, 4, ipv4, { ...ports, tcpFlags: fc.constant(flags) }), length);
  const [syn, filled, pushed] = [segment(74, 0x02), segment(60, 0x02), segment(74, 0x18)];
  write(batchOf([syn, filled, pushed]));
  const fields = records().map((bytes) => ({
    captured: bytes.length,
    ipLength: bytes.readUInt16BE(16),
    tcpHeader: (bytes[46]! >> 4) * 4,
  }));
  expect(fields).toEqual([
    { captured: 74, ipLength: 60, tcpHeader: 40 },
    { captured: 54, ipLength: 40, tcpHeader: 20 },
    { captured: 54, ipLength: 60, tcpHeader: 20 },
  ]);
  expect(await readBack()).toEqual([syn, filled, pushed]);
});

it('cuts the headers of a packet that is shorter', async () => {
  const short = lastOf(kind(PROTOCOL.tcp, 4, ipv4, { ...ports }), 40);
  write(batchOf([short]));
  expect(records()[0]).toHaveLength(40);
  expect(await readBack()).toEqual([short]);
});

describe('the file', () => {
  const batch = batchOf(fc.sample(packet, { seed: 5, numRuns: 9 }));
  const other = path.join(folder, 'y.pcap');
  const names = (): string[] => fs.readdirSync(folder).filter((name) => name.startsWith('y'));

  it('has its name once it is whole', () => {
    const writer = new CaptureWriter(other);
    writer.append(batch);
    expect(names()).toEqual([expect.stringMatching(/^y\.pcap\..*\.partial$/)]);
    writer.close();
    writer.abort();
    expect(names()).toEqual(['y.pcap']);
    fs.rmSync(other);
  });
  it('is gone when it is given up', () => {
    const writer = new CaptureWriter(other);
    writer.append(batch);
    writer.abort();
    writer.abort();
    expect(names()).toEqual([]);
    expect(() => writer.close()).toThrow('is closed');
  });
  it('takes no time that pcap cannot hold', () => {
    const writer = new CaptureWriter(other);
    for (const time of [-1, NaN, Infinity, 2 ** 32]) {
      const odd = batchOf([row(batch, 0)]);
      odd.time[0] = time;
      expect(() => writer.append(odd)).toThrow(`A capture cannot hold the time ${time}`);
    }
    writer.abort();
  });
  it('says where it cannot be written', () => {
    const missing = path.join(folder, 'missing', 'x.pcap');
    expect(() => new CaptureWriter(missing)).toThrow(
      `Cannot write ${missing}: there is no folder ${path.dirname(missing)}; make it first, or choose another.`,
    );
    expect(() => new CaptureWriter(folder)).toThrow(
      `Cannot write ${folder}: it is a folder; name a file.`,
    );
  });

  it('is removed when the disk is full', () => {
    const writer = new CaptureWriter(other);
    const spy = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    writer.append(batch);
    expect(() => writer.close()).toThrow(`Cannot write ${other}: the disk is full`);
    spy.mockRestore();
    expect(names()).toEqual([]);
  });
});
