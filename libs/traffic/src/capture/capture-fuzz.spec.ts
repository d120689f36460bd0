import { performance } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';
import { InputError } from '@botlab/errors';
import { FRAMES, pcap, PcapngBlocks } from './capture-bytes.fixture.spec';
import { CaptureDecoder } from './capture-decoder';
import { skipIf, slow } from '../../../../tools/testing/skip-if';
import { PacketBatch } from '../packet-batch';
import { LINKED, WITHOUT_IP, WRAPPED, type WrappedFrame } from './wrapped-frame.fixture.spec';

const FEW = 20_000;
const MANY = 1_000_000;
/** Far above what an input takes, so that a busy machine does not fail it; an endless loop does. */
const MOST_MILLISECONDS = 5000;
const MOST_GROWTH_BYTES = 8 << 20;
/** No input gets longer. */
const LONGEST_INPUT = 1 << 12;

/** A packet of which less was captured than is needed, so that more is read where bounds fail. */
function cutPacket(ng: PcapngBlocks): Buffer {
  const block = ng.packet(FRAMES[0]![1].subarray(0, 30), 7n);
  ng.u32(200).copy(block, 24);
  return block;
}

/** Captures with every link type and encapsulation, in both formats and byte orders. */
function seeds(): Buffer[] {
  const ofType = (linkType: number): { frame: Buffer; ticks: number }[] =>
    FRAMES.filter(([type]) => type === linkType).map(([, frame], ticks) => ({ frame, ticks }));
  const linkTypes = [...new Set(FRAMES.map(([linkType]) => linkType))];
  const capture = (linkType: number, frames: readonly WrappedFrame[]): Buffer =>
    pcap(
      frames.map(([, frame]) => ({ frame })),
      { linkType },
    );
  const wrapped = Object.values(WRAPPED).map((frames) => capture(1, frames));
  return [
    ...wrapped,
    ...Object.entries(LINKED).map(([linkType, frames]) => capture(Number(linkType), frames)),
    ...WITHOUT_IP.map(([linkType, ...frame]) => capture(linkType, [frame])),
    Buffer.concat([wrapped[0]!, capture(9, LINKED[9]!), wrapped[2]!]),
    ...linkTypes.map((linkType) => pcap(ofType(linkType), { linkType, little: linkType !== 113 })),
    pcap(ofType(1), { nano: true, little: false }),
    ...[true, false].map((little) => {
      const ng = new PcapngBlocks(little);
      const frames = FRAMES.slice(little ? 0 : 6, little ? 6 : undefined);
      return Buffer.concat([
        ng.section(),
        ...frames.map(([type], i) =>
          ng.interface(type, ng.option(9, Buffer.of([6, 9, 138][i % 3]!))),
        ),
        ...frames.map(([, frame], i) => ng.packet(frame, 1_505_661_693_006_188n, i)),
        cutPacket(ng),
        ng.simplePacket(frames[0]![1]),
        ng.obsoletePacket(frames[0]![1], 5n),
        ng.block(5, Buffer.alloc(12)),
      ]);
    }),
  ];
}

/** xorshift32: a million inputs take some ten million numbers. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number in [0, n). */
  roll(n: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % n;
  }
}

const EXTREMES = [
  0, 1, 7, 0x7f, 0xff, 0xffff, 0x10000, 0x40000, 0x40001, 0x7fffffff, 0xfffffffc, 0xffffffff,
];

/** Makes bad inputs out of good ones, in a memory of its own. */
class Mutator {
  readonly #memory = Buffer.alloc(LONGEST_INPUT);
  readonly #seeds = seeds();

  constructor(readonly dice: Dice) {}

  next(): Buffer {
    const { dice } = this;
    const seed = this.#seed();
    let length = seed.copy(this.#memory);
    for (let times = 1 + dice.roll(4); times > 0 && length > 0; times--) {
      length = this.#mutate(length);
    }
    return this.#memory.subarray(0, length);
  }

  #seed(): Buffer {
    return this.#seeds[this.dice.roll(this.#seeds.length)]!;
  }

  /** Changes the first `length` bytes, and returns how many they are now. */
  #mutate(length: number): number {
    const { dice } = this;
    const memory = this.#memory;
    const at = dice.roll(length);
    const some = Math.min(1 + dice.roll(dice.roll(3) === 0 ? 200 : 8), length - at);
    switch (dice.roll(7)) {
      case 0:
        memory[at]! ^= 1 << dice.roll(8);
        return length;
      case 1:
        memory[at] = dice.roll(256);
        return length;
      case 2: {
        // A length, a time or a number of a type lies at a multiple of 4, or of 2 in a frame.
        const place = dice.roll(Math.max(1, length >> 1)) * 2;
        const value = EXTREMES[dice.roll(EXTREMES.length)]!;
        if (place + 4 > length) return length;
        if (dice.roll(2) === 0) memory.writeUInt32LE(value, place);
        else memory.writeUInt32BE(value, place);
        return length;
      }
      case 3:
        return at;
      case 4:
        memory.copyWithin(at, at + some, length);
        return length - some;
      case 5: {
        if (length + some > memory.length) return length;
        memory.copyWithin(at + some, at, length);
        for (let i = at; i < at + some; i++) memory[i] = dice.roll(256);
        return length + some;
      }
      default: {
        const other = this.#seed();
        return at + other.copy(memory, at, dice.roll(other.length));
      }
    }
  }
}

const batch = new PacketBatch(16);
/** A number that what was decoded changes: as good as a comparison of all of it. */
let digest = 0;

function mix(value: number): void {
  digest = (digest * 31 + value) % 9_007_199_254_740_881;
}

function onBatch(of: PacketBatch): void {
  const { size, time, length } = of;
  for (let i = 0; i < size; i++) {
    if (!Number.isFinite(time[i])) throw new Error(`the time ${time[i]}`);
    mix(Math.abs(Math.floor(time[i]! % 1e9)));
    mix(length[i]! + of.protocol[i]! + 8 * of.family[i]! + of.tcpFlags[i]!);
    mix(of.sourceMac[i]! + of.sourcePort[i]!);
    mix(of.destinationMac[i]! + of.destinationPort[i]!);
    for (let word = 4 * i; word < 4 * i + 4; word++) mix(of.source[word]! + of.destination[word]!);
  }
}

/** Decodes an input in pieces of a size, and tells what came of it in words. */
function outcome(input: Uint8Array, size: number): string {
  digest = 0;
  const decoder = new CaptureDecoder({ name: 'x', batch, onBatch });
  try {
    for (let at = 0; at < input.length; at += size) decoder.push(input.subarray(at, at + size));
    decoder.end();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // How many packets before it are handed over depends on the pieces.
    return error.message;
  }
  const { packets, malformed, damage } = decoder.totals;
  if (packets + malformed > input.length / 12) throw new Error('more packets than bytes');
  return `${packets} ${malformed} ${damage ?? 'whole'} ${digest}`;
}

/** Refuses or reads so many damaged captures, each in bounded time and memory. */
function fuzz(inputs: number): void {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // The stacks of errors, which nobody reads, would take most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const dice = new Dice(20_180_305);
  const mutator = new Mutator(dice);
  let [before, slowest, refused, read] = [0, 0, 0, 0];
  try {
    for (let i = 0; i < inputs; i++) {
      if (i === inputs / 10) before = used();
      const input = mutator.next();
      const start = performance.now();
      const whole = outcome(input, input.length);
      slowest = Math.max(slowest, performance.now() - start);
      // In pieces, a record lies among other bytes: one that is read beyond its end shows here.
      const pieces = i % 2 === 0 ? outcome(input, 8 + dice.roll(120)) : whole;
      if (pieces !== whole) {
        throw new Error(`input ${i}, ${input.toString('hex')}: "${whole}", in pieces "${pieces}"`);
      }
      if (whole.startsWith('Cannot read x')) refused++;
      else read++;
    }
    expect(slowest).toBeLessThan(MOST_MILLISECONDS);
    expect(used() - before).toBeLessThan(MOST_GROWTH_BYTES);
    // Both happen to many.
    expect(Math.min(refused, read)).toBeGreaterThan(inputs / 10);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

it('refuses or reads damaged captures', () => fuzz(FEW));
skipIf(slow).it('refuses or reads a million damaged captures', () => fuzz(MANY));
