import { u16, u16In, u32, u32In, u48 } from './byte-order';
import { type FrameCursor, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

const MANAGEMENT = 0;
const CONTROL = 1;
const DATA = 2;
/** Control frames that name the receiver only: clear to send, acknowledgement, and the wrapper. */
const WITHOUT_SENDER: ReadonlySet<number> = new Set([7, 12, 13]);

const TO_SYSTEM = 1;
const FROM_SYSTEM = 2;
const PROTECTED = 0x40;
const ORDERED = 0x80;
const HEADER_BYTES = 24;

/**
 * IEEE 802.11: LLC where it is a data frame in the clear. What is encrypted, a later fragment, or
 * management holds no IP, and goes by its addresses.
 */
export function wireless(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 2) return FRAME_FAULT.cutLink;
  if ((bytes[at]! & 3) !== 0) return FRAME_FAULT.badLink;
  const type = (bytes[at]! >>> 2) & 3;
  const subtype = bytes[at]! >>> 4;
  if (type === DATA) return data(bytes, end, cursor);
  cursor.type = LAYER.none;
  const hasSender = type === MANAGEMENT || (type === CONTROL && !WITHOUT_SENDER.has(subtype));
  if (!hasSender) return FRAME_FAULT.none;
  if (end - at < 16) return FRAME_FAULT.cutLink;
  cursor.setMacs(u48(bytes, at + 10), u48(bytes, at + 4));
  return FRAME_FAULT.none;
}

function data(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at, alignment } = cursor;
  const subtype = bytes[at]! >>> 4;
  const flags = bytes[at + 1]!;
  const system = flags & (TO_SYSTEM | FROM_SYSTEM);
  const hasQuality = (subtype & 8) !== 0;
  const quality = at + HEADER_BYTES + (system === 3 ? 6 : 0);
  const size = quality - at + (hasQuality ? ((flags & ORDERED) === 0 ? 2 : 6) : 0);
  if (end - at < size) return FRAME_FAULT.cutLink;
  const destination = (flags & TO_SYSTEM) === 0 ? at + 4 : at + 16;
  const isFragment = (bytes[at + 22]! & 15) !== 0;
  const isEmpty = (subtype & 4) !== 0;
  const isClear = !isEmpty && !isFragment && (flags & PROTECTED) === 0;
  const isAggregate = hasQuality && (bytes[quality]! & 0x80) !== 0;
  const next = at + Math.ceil(size / alignment) * alignment;
  if (isClear && isAggregate) return aggregate(bytes, next, end, cursor);
  const sources = [at + 10, at + 10, at + 16, at + 24];
  cursor.setMacs(u48(bytes, sources[system]!), u48(bytes, destination));
  cursor.move(next, isClear ? LAYER.llc : LAYER.none);
  return FRAME_FAULT.none;
}

/** The first of several packets in a frame (A-MSDU), each with addresses of its own. */
function aggregate(bytes: Uint8Array, at: number, end: number, cursor: FrameCursor): number {
  if (end - at < 14) return FRAME_FAULT.cutLink;
  cursor.setMacs(u48(bytes, at + 6), u48(bytes, at));
  cursor.move(at + 14, LAYER.llc);
  return FRAME_FAULT.none;
}

/** Radiotap (radiotap.org) before IEEE 802.11. */
export function radiotap(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 8) return FRAME_FAULT.cutLink;
  const length = u16In(bytes, at + 2, true);
  if (bytes[at] !== 0 || length < 8) return FRAME_FAULT.badLink;
  if (end - at < length) return FRAME_FAULT.cutLink;
  const present = u32In(bytes, at + 4, true);
  let place = at + 4;
  // Each word says in its highest bit whether another follows.
  while (place + 4 <= at + length && (u32In(bytes, place, true) & 0x8000_0000) !== 0) place += 4;
  place += 4;
  // The time, of eight bytes at a multiple of eight, lies before the flags.
  if ((present & 1) !== 0) place = at + Math.ceil((place - at) / 8) * 8 + 8;
  const flags = (present & 2) !== 0 && place < at + length ? bytes[place]! : 0;
  cursor.alignment = (flags & 0x20) === 0 ? 1 : 4;
  cursor.move(at + length, LAYER.wireless);
  return FRAME_FAULT.none;
}

/** The headers of Prism and of AVS before IEEE 802.11, which drivers give under either's number. */
export function prism(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 8) return FRAME_FAULT.cutLink;
  const isAVS = (u32(bytes, at) & 0xffff_f000) >>> 0 === 0x8021_1000;
  const isLittle = !isAVS && u16(bytes, at) !== 0;
  const length = u32In(bytes, at + 4, isLittle);
  if (length < 8 || length > 0xffff) return FRAME_FAULT.badLink;
  if (end - at < length) return FRAME_FAULT.cutLink;
  cursor.move(at + length, LAYER.wireless);
  return FRAME_FAULT.none;
}
