// Packets a second of the feature extractor and of a plain one: `npm run bench -- extractor [--json]`.
import { performance } from 'node:perf_hooks';
import { median } from '@botlab/bench/light';
import { FEATURES, FeatureExtractor, type PacketBatch } from '@botlab/traffic';
import { PlainExtractor } from './plain-extractor';
import { TRAFFIC_MIXES } from './traffic-mixes';

const ROUNDS = 5;
const PACKETS = 200_000;
/** Enough for the plain one, which is slower and would take most of the time. */
const PLAIN_PACKETS = 30_000;
/** A row is written after every so many packets. */
const EVERY = [1, 20];

interface Extractor {
  update(batch: PacketBatch, i: number): void;
  write(row: Float64Array): void;
}

interface Measured {
  readonly traffic: string;
  readonly every: number;
  readonly packetsPerSecond: number;
  readonly plainPacketsPerSecond: number;
  readonly ratio: number;
}

/** Packets a second of a new extractor over the first `size` packets. */
function speed(extractor: Extractor, batch: PacketBatch, size: number, every: number): number {
  const row = new Float64Array(FEATURES.length);
  const start = performance.now();
  for (let i = 0; i < size; i++) {
    extractor.update(batch, i);
    if ((i + 1) % every === 0) extractor.write(row);
  }
  return size / ((performance.now() - start) / 1000);
}

/** The two take turns, so that a slow moment of the machine falls on both. */
function measure(traffic: string, batch: PacketBatch, every: number): Measured {
  const speeds: number[] = [];
  const plainSpeeds: number[] = [];
  // The first round is for the compiler to warm up.
  for (let round = 0; round <= ROUNDS; round++) {
    speeds.push(speed(new FeatureExtractor(), batch, PACKETS, every));
    plainSpeeds.push(speed(new PlainExtractor(), batch, PLAIN_PACKETS, every));
  }
  const packetsPerSecond = median(speeds.slice(1));
  const plainPacketsPerSecond = median(plainSpeeds.slice(1));
  return {
    traffic,
    every,
    packetsPerSecond: Math.round(packetsPerSecond),
    plainPacketsPerSecond: Math.round(plainPacketsPerSecond),
    ratio: Number((packetsPerSecond / plainPacketsPerSecond).toFixed(2)),
  };
}

const rows: Measured[] = [];
for (const [traffic, make] of Object.entries(TRAFFIC_MIXES)) {
  const batch = make(PACKETS);
  for (const every of EVERY) rows.push(measure(traffic, batch, every));
}
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ rows }, undefined, 2)}\n`);
} else {
  const lines = [
    ['traffic', 'a row every', 'packets/s', 'plain', 'ratio'],
    ...rows.map(({ traffic, every, packetsPerSecond, plainPacketsPerSecond, ratio }) => [
      traffic,
      String(every),
      packetsPerSecond.toLocaleString('en'),
      plainPacketsPerSecond.toLocaleString('en'),
      ratio.toFixed(1),
    ]),
  ];
  for (const [traffic = '', ...numbers] of lines)
    process.stdout.write(
      `${traffic.padEnd(28)}${numbers.map((text) => text.padStart(13)).join('')}\n`,
    );
}
