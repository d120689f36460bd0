import { u16In, u32In } from './byte-order';
import { CaptureDamage } from './capture-damage';
import { beginsPcap, BYTE_ORDER, SECTION } from './capture-format';
import { FRAME_FAULT } from './frame-fault';
import type { PacketSink } from './packet-sink';
import { readInterface, type PcapngInterface } from './pcapng-interface';
import type { RecordDecoder } from './record-decoder';

/** The longest block that is read (the most that libpcap and Wireshark take, too). */
export const MOST_BLOCK_BYTES = 16 << 20;
/** The obsolete packet block numbers its interfaces in 16 bits. */
const MOST_INTERFACES = 1 << 16;

const BLOCK = {
  section: SECTION,
  interface: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  packet: 6,
} as const;
const PACKET_BYTES = 32;
/** Type, length and, of a section, the byte order; no block is shorter. */
const HEAD_BYTES = 12;

/** The bytes of a block without its packet or options. */
function leastBytes(type: number): number {
  switch (type) {
    case BLOCK.packet:
    case BLOCK.obsoletePacket:
      return PACKET_BYTES;
    case BLOCK.section:
      return 28;
    case BLOCK.interface:
      return 20;
    case BLOCK.simplePacket:
      return 16;
    default:
      return HEAD_BYTES;
  }
}

/** The format of Wireshark (draft-ietf-opsawg-pcapng): sections, each with interfaces of its own. */
export class PcapngDecoder implements RecordDecoder {
  readonly format = 'pcapng';
  wanted = HEAD_BYTES;
  isOpen = false;
  isOver = false;
  #isLittle = false;
  #interfaces: PcapngInterface[] = [];

  constructor(readonly sink: PacketSink) {}

  decode(bytes: Uint8Array, from: number, to: number, place: number): number {
    const { sink } = this;
    let at = from;
    this.wanted = HEAD_BYTES;
    while (to - at >= HEAD_BYTES && !sink.isFull) {
      const blockPlace = place + at - from;
      const type = u32In(bytes, at, this.#isLittle);
      if (type !== BLOCK.packet && beginsPcap(bytes, at)) {
        this.isOver = true;
        break;
      }
      // The same in both orders; the order of all else may change here.
      if (type === BLOCK.section) this.#readByteOrder(bytes, at, blockPlace);
      const length = u32In(bytes, at + 4, this.#isLittle);
      this.#requireLength(type, length, blockPlace);
      if (length > to - at) {
        this.wanted = length;
        break;
      }
      const lengthAgain = u32In(bytes, at + length - 4, this.#isLittle);
      if (lengthAgain !== length) {
        throw this.#damaged(blockPlace, `ends with the length ${lengthAgain}`, `${length}`);
      }
      if (type === BLOCK.packet) {
        this.#readPacket(u32In(bytes, at + 8, this.#isLittle), bytes, at, length);
      } else {
        this.#readOther(type, bytes, at, length, blockPlace);
      }
      at += length;
    }
    return at;
  }

  #readOther(type: number, bytes: Uint8Array, at: number, length: number, place: number): void {
    if (type === BLOCK.obsoletePacket) {
      this.#readPacket(u16In(bytes, at + 8, this.#isLittle), bytes, at, length);
    } else if (type === BLOCK.simplePacket) {
      this.sink.addMalformed(FRAME_FAULT.noTime);
    } else if (type === BLOCK.section) {
      this.#readSection(bytes, at, place);
    } else if (type === BLOCK.interface) {
      this.#readInterface(bytes, at, at + length, place);
    }
  }

  #readByteOrder(bytes: Uint8Array, at: number, place: number): void {
    this.#isLittle = u32In(bytes, at + 8, true) === BYTE_ORDER;
    if (this.#isLittle || u32In(bytes, at + 8, false) === BYTE_ORDER) return;
    const found = u32In(bytes, at + 8, false)
      .toString(16)
      .padStart(8, '0');
    throw this.#damaged(place, `has the byte order ${found}`, '1a2b3c4d or 4d3c2b1a');
  }

  #readSection(bytes: Uint8Array, at: number, place: number): void {
    const major = u16In(bytes, at + 12, this.#isLittle);
    if (major !== 1) throw this.#damaged(place, `is of version ${major}`, 'version 1');
    this.#interfaces = [];
    this.isOpen = true;
  }

  #readInterface(bytes: Uint8Array, at: number, end: number, place: number): void {
    if (this.#interfaces.length === MOST_INTERFACES) {
      throw this.#damaged(place, 'describes one more interface', `${MOST_INTERFACES} at most`);
    }
    const found = readInterface(bytes, at, end, this.#isLittle);
    if (typeof found !== 'number') this.#interfaces.push(found);
    else throw this.#damaged(place, `has an option ${found}`, 'one that ends within it');
  }

  /** The obsolete and the enhanced packet block: the same but for how they number the interface. */
  #readPacket(id: number, bytes: Uint8Array, at: number, length: number): void {
    const { sink } = this;
    const isLittle = this.#isLittle;
    const origin = id < this.#interfaces.length ? this.#interfaces[id] : undefined;
    if (origin === undefined) {
      sink.addMalformed(FRAME_FAULT.noInterface);
      return;
    }
    if (!origin.isReadable) {
      sink.addUnreadable(origin.linkType);
      return;
    }
    const captured = u32In(bytes, at + 20, isLittle);
    if (captured > length - PACKET_BYTES) {
      sink.addMalformed(FRAME_FAULT.badLength);
      return;
    }
    const time = origin.clock.time(
      u32In(bytes, at + 12, isLittle),
      u32In(bytes, at + 16, isLittle),
    );
    const wireLength = u32In(bytes, at + 24, isLittle);
    sink.add(origin.linkType, bytes, at + 28, captured, time, wireLength);
  }

  #requireLength(type: number, length: number, place: number): void {
    const least = leastBytes(type);
    if (length >= least && length <= MOST_BLOCK_BYTES && length % 4 === 0) return;
    throw this.#damaged(
      place,
      `says that it is ${length} bytes long`,
      `a multiple of 4 from ${least} to ${MOST_BLOCK_BYTES}`,
    );
  }

  #damaged(place: number, what: string, expected: string): CaptureDamage {
    const sentence = `the pcapng block at byte ${place} ${what}, expected ${expected}`;
    return new CaptureDamage(this.sink.capture, place, sentence);
  }
}
