import { InputError } from '@botlab/errors';
import { u16In, u32In } from './byte-order';
import { CaptureDamage } from './capture-damage';
import { beginsPcap, beginsPcapng, hasNanoseconds, isLittlePcap } from './capture-format';
import { isReadable } from './link-header';
import { unreadable } from './link-type';
import type { PacketSink } from './packet-sink';
import type { RecordDecoder } from './record-decoder';
import { decimalTime } from './timestamp';

/** The most bytes of a packet that tcpdump captures (its MAXIMUM_SNAPLEN). */
export const MOST_CAPTURED_BYTES = 262_144;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

/** The format of tcpdump (draft-ietf-opsawg-pcap), in both byte orders. */
export class PcapDecoder implements RecordDecoder {
  readonly format = 'pcap';
  wanted = FILE_HEADER_BYTES;
  isOpen = false;
  isOver = false;
  #isLittle = false;
  #ticksPerSecond = 1e6;
  #linkType = 0;
  #isReadable = true;

  constructor(readonly sink: PacketSink) {}

  decode(bytes: Uint8Array, from: number, to: number, place: number): number {
    const { sink } = this;
    let at = from;
    if (!this.isOpen) {
      if (to - at < FILE_HEADER_BYTES) return at;
      this.#readHeader(bytes, at, place);
      at += FILE_HEADER_BYTES;
    }
    const isLittle = this.#isLittle;
    this.wanted = RECORD_HEADER_BYTES;
    while (to - at >= RECORD_HEADER_BYTES && !sink.isFull) {
      const captured = u32In(bytes, at + 8, isLittle);
      const length = u32In(bytes, at + 12, isLittle);
      // What a file header holds in these places: no packet is of length 0, or so long.
      if ((length === 0 || captured > MOST_CAPTURED_BYTES) && this.#beginsFile(bytes, at)) break;
      if (captured > MOST_CAPTURED_BYTES) throw this.#tooLong(captured, place + at - from);
      const start = at + RECORD_HEADER_BYTES;
      if (captured > to - start) {
        this.wanted = RECORD_HEADER_BYTES + captured;
        break;
      }
      if (this.#isReadable) {
        const seconds = u32In(bytes, at, isLittle);
        const time = decimalTime(seconds, u32In(bytes, at + 4, isLittle), this.#ticksPerSecond);
        sink.add(this.#linkType, bytes, start, captured, time, length);
      } else {
        sink.addUnreadable(this.#linkType);
      }
      at = start + captured;
    }
    return at;
  }

  #beginsFile(bytes: Uint8Array, at: number): boolean {
    this.isOver = beginsPcap(bytes, at) || beginsPcapng(bytes, at);
    return this.isOver;
  }

  #readHeader(bytes: Uint8Array, at: number, place: number): void {
    const { capture } = this.sink;
    this.#isLittle = isLittlePcap(bytes, at);
    this.#ticksPerSecond = hasNanoseconds(bytes, at) ? 1e9 : 1e6;
    const major = u16In(bytes, at + 4, this.#isLittle);
    const minor = u16In(bytes, at + 6, this.#isLittle);
    if (major !== 2 || minor !== 4) {
      throw new InputError(
        `Cannot read ${capture}: it is pcap of version ${major}.${minor}, expected 2.4; convert it with "editcap -F pcap".`,
      );
    }
    // The upper half tells of checksums behind the frames.
    this.#linkType = u32In(bytes, at + 20, this.#isLittle) & 0xffff;
    this.#isReadable = isReadable(this.#linkType);
    // Behind another recording it is one among others.
    if (!this.#isReadable && place === 0) throw unreadable([this.#linkType], capture);
    this.isOpen = true;
  }

  #tooLong(captured: number, place: number): CaptureDamage {
    const { capture, seen } = this.sink;
    const what = `packet ${seen + 1}, at byte ${place}, says that ${captured} bytes of it were captured, expected ${MOST_CAPTURED_BYTES} at most`;
    return new CaptureDamage(capture, place, what);
  }
}
