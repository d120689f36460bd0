// MB a second of the capture reader and of a plain one: `npm run bench -- capture [--json]`.
import { performance } from 'node:perf_hooks';
import { median } from '@botlab/bench/light';
import { CaptureDecoder } from '@botlab/traffic';
import { readPlainly } from './plain-capture-reader';

const ROUNDS = 5;
const MEGABYTES = 64;
/** Enough for the plain one, which is slower and would take most of the time. */
const PLAIN_MEGABYTES = 8;
const PIECE = 2 ** 20;

interface Measured {
  readonly frameBytes: number;
  readonly megabytesPerSecond: number;
  readonly plainMegabytesPerSecond: number;
  readonly ratio: number;
}

/** A pcap file of UDP packets of that length, in pieces as a file is read. */
function captureOf(frameBytes: number, megabytes: number): Buffer[] {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(1, 20);
  const record = Buffer.alloc(16 + frameBytes);
  record.writeUInt32LE(frameBytes, 8);
  record.writeUInt32LE(frameBytes, 12);
  const frame = record.subarray(16);
  frame.writeUInt16BE(0x0800, 12);
  frame[14] = 0x45;
  frame.writeUInt16BE(frameBytes - 14, 16);
  frame[23] = 17;
  const count = Math.floor((megabytes * 2 ** 20) / record.length);
  const records = Array.from({ length: count }, (_, i) => {
    const copy = Buffer.from(record);
    copy.writeUInt32LE(1_500_000_000 + Math.floor(i / 1000), 0);
    copy.writeUInt32LE((i % 1000) * 1000, 4);
    copy.writeUInt32BE(0xc0a80100 + (i % 30), 16 + 26);
    copy.writeUInt32BE(0xcb007100 + (i % 7), 16 + 30);
    copy.writeUInt16BE(40_000 + (i % 50), 16 + 34);
    return copy;
  });
  const file = Buffer.concat([header, ...records]);
  return Array.from({ length: Math.ceil(file.length / PIECE) }, (_, i) =>
    file.subarray(i * PIECE, (i + 1) * PIECE),
  );
}

const bytesOf = (pieces: readonly Buffer[]): number =>
  pieces.reduce((sum, { length }) => sum + length, 0);

/** MB a second, and how many packets were found. */
function timed(pieces: readonly Buffer[], read: () => number): { speed: number; packets: number } {
  const start = performance.now();
  const packets = read();
  return { speed: bytesOf(pieces) / 1e3 / (performance.now() - start), packets };
}

/** The two take turns, so that a slow moment of the machine falls on both. */
function measure(frameBytes: number): Measured {
  const pieces = captureOf(frameBytes, MEGABYTES);
  const few = captureOf(frameBytes, PLAIN_MEGABYTES);
  const ours: number[] = [];
  const plain: number[] = [];
  // The first round is for the compiler to warm up.
  for (let round = 0; round <= ROUNDS; round++) {
    const decoded = timed(pieces, () => {
      const decoder = new CaptureDecoder({ name: 'benchmark' });
      for (const piece of pieces) decoder.push(piece);
      decoder.end();
      return decoder.totals.packets;
    });
    const read = timed(few, () => {
      let packets = 0;
      for (const { length } of readPlainly(few)) packets += length > 0 ? 1 : 0;
      return packets;
    });
    const expected = (bytes: number) => Math.floor((bytes - 24) / (16 + frameBytes));
    if (decoded.packets !== expected(bytesOf(pieces)) || read.packets !== expected(bytesOf(few)))
      throw new Error('a reader lost packets');
    ours.push(decoded.speed);
    plain.push(read.speed);
  }
  const [speed, plainSpeed] = [median(ours.slice(1)), median(plain.slice(1))];
  return {
    frameBytes,
    megabytesPerSecond: Math.round(speed),
    plainMegabytesPerSecond: Math.round(plainSpeed),
    ratio: Number((speed / plainSpeed).toFixed(1)),
  };
}

const rows = [60, 100, 400].map(measure);
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ rows }, undefined, 2)}\n`);
} else {
  process.stdout.write('bytes a frame       MB/s      plain      ratio\n');
  for (const row of rows)
    process.stdout.write(
      `${String(row.frameBytes).padEnd(13)}${[
        row.megabytesPerSecond,
        row.plainMegabytesPerSecond,
        row.ratio,
      ]
        .map((value) => value.toLocaleString('en').padStart(11))
        .join('')}\n`,
    );
}
