import { u16 } from './byte-order';
import { type FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

const MPLS = 0x8847;
/** What each of PPP's protocols is (IANA). Bridged frames and multilink have a header of their own. */
const protocols: ReadonlyMap<number, number> = new Map([
  [0x0021, IPV4],
  [0x0057, IPV6],
  [0x0281, MPLS],
  [0x0283, MPLS],
]);
const BRIDGED = 0x0031;
const MULTILINK = 0x003d;

/** PPP from its protocol on (RFC 1661), which may be compressed to one byte. */
export function ppp(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end <= at) return FRAME_FAULT.cutLink;
  const isShort = (bytes[at]! & 1) === 1;
  const next = at + (isShort ? 1 : 2);
  if (end < next) return FRAME_FAULT.cutLink;
  const protocol = isShort ? bytes[at]! : u16(bytes, at);
  if (protocol === BRIDGED) return bridged(bytes, next, end, cursor);
  if (protocol === MULTILINK) return multilink(bytes, next, end, cursor);
  cursor.move(next, protocols.get(protocol) ?? LAYER.none);
  return FRAME_FAULT.none;
}

/** A frame of Ethernet (RFC 3518: MAC type 1). */
function bridged(bytes: Uint8Array, at: number, end: number, cursor: FrameCursor): number {
  if (end - at < 2) return FRAME_FAULT.cutLink;
  cursor.move(at + 2, bytes[at + 1] === 1 ? LAYER.ethernet : LAYER.none);
  return FRAME_FAULT.none;
}

/** A packet that multilink (RFC 1990, numbers of 24 bits) did not cut: it begins and ends here. */
function multilink(bytes: Uint8Array, at: number, end: number, cursor: FrameCursor): number {
  if (end - at < 4) return FRAME_FAULT.cutLink;
  cursor.move(at + 4, bytes[at]! >>> 6 === 3 ? LAYER.ppp : LAYER.none);
  return FRAME_FAULT.none;
}

/** PPP in the framing of HDLC (RFC 1662), whose address and control may be left out, or Cisco's. */
export function pppInHDLC(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 2) return FRAME_FAULT.cutLink;
  if (bytes[at] === 0x0f || bytes[at] === 0x8f) return ciscoHDLC(bytes, end, cursor);
  cursor.move(u16(bytes, at) === 0xff03 ? at + 2 : at, LAYER.ppp);
  return FRAME_FAULT.none;
}

/** Cisco's HDLC: address, control and an EtherType. */
export function ciscoHDLC(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 4) return FRAME_FAULT.cutLink;
  const type = u16(bytes, at + 2);
  cursor.move(at + 4, type >= 0x0600 ? type : LAYER.none);
  return FRAME_FAULT.none;
}

/** PPPoE (RFC 2516) in its session, whatever its code says. */
export function pppoe(_bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 6) return FRAME_FAULT.cutLink;
  cursor.move(at + 6, LAYER.ppp);
  return FRAME_FAULT.none;
}
