import { InputError } from '@botlab/errors';
import { u16In, u32In } from './byte-order';
import { requireLinkType } from './link-type';
import type { PacketSink } from './packet-sink';
import type { RecordDecoder } from './record-decoder';
import { decimalTime } from './timestamp';

/** The most bytes of a packet that tcpdump captures (its MAXIMUM_SNAPLEN). */
export const MOST_CAPTURED_BYTES = 262_144;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

/** The magic numbers with microseconds and with nanoseconds, read in the order of the file. */
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

/** Whether a file that begins with these four bytes is pcap. */
export function isPcap(bytes: Uint8Array, at: number): boolean {
  return [true, false].some((little) => {
    const magic = u32In(bytes, at, little);
    return magic === MICROSECONDS || magic === NANOSECONDS;
  });
}

/** The format of tcpdump (draft-ietf-opsawg-pcap), in both byte orders. */
export class PcapDecoder implements RecordDecoder {
  readonly format = 'pcap';
  wanted = FILE_HEADER_BYTES;
  isOpen = false;
  #isLittle = false;
  #ticksPerSecond = 1e6;
  #linkType = 0;

  constructor(readonly sink: PacketSink) {}

  decode(bytes: Uint8Array, from: number, to: number, place: number): number {
    const { sink } = this;
    let at = from;
    if (!this.isOpen) {
      if (to - at < FILE_HEADER_BYTES) return at;
      this.#readHeader(bytes, at);
      at += FILE_HEADER_BYTES;
    }
    const isLittle = this.#isLittle;
    this.wanted = RECORD_HEADER_BYTES;
    while (to - at >= RECORD_HEADER_BYTES && !sink.isFull) {
      const captured = u32In(bytes, at + 8, isLittle);
      if (captured > MOST_CAPTURED_BYTES) throw this.#tooLong(captured, place + at - from);
      const start = at + RECORD_HEADER_BYTES;
      if (captured > to - start) {
        this.wanted = RECORD_HEADER_BYTES + captured;
        break;
      }
      const seconds = u32In(bytes, at, isLittle);
      const time = decimalTime(seconds, u32In(bytes, at + 4, isLittle), this.#ticksPerSecond);
      const length = u32In(bytes, at + 12, isLittle);
      sink.add(this.#linkType, bytes, start, captured, time, length, place + at - from);
      at = start + captured;
    }
    return at;
  }

  #readHeader(bytes: Uint8Array, at: number): void {
    const { capture } = this.sink;
    this.#isLittle = bytes[at] !== 0xa1;
    this.#ticksPerSecond = u32In(bytes, at, this.#isLittle) === NANOSECONDS ? 1e9 : 1e6;
    const major = u16In(bytes, at + 4, this.#isLittle);
    const minor = u16In(bytes, at + 6, this.#isLittle);
    if (major !== 2 || minor !== 4) {
      throw new InputError(
        `Cannot read ${capture}: it is pcap of version ${major}.${minor}, expected 2.4; convert it with "editcap -F pcap".`,
      );
    }
    // The upper half tells of checksums behind the frames.
    this.#linkType = u32In(bytes, at + 20, this.#isLittle) & 0xffff;
    requireLinkType(this.#linkType, capture);
    this.isOpen = true;
  }

  #tooLong(captured: number, place: number): InputError {
    return new InputError(
      `Cannot read ${this.sink.capture}: packet ${this.sink.seen + 1}, at byte ${place}, says that ${captured} bytes of it were captured, expected ${MOST_CAPTURED_BYTES} at most; the file is damaged there, capture or download it again.`,
    );
  }
}
