import { u16, u32In, u48 } from './byte-order';
import { ethernet } from './ethernet';
import { type FrameCursor, type Header, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';
import { loopback } from './loopback';
import { mpls } from './mpls';
import { netfilterLog } from './netfilter-log';
import { ciscoHDLC, pppInHDLC, pppoe } from './ppp';
import { prism, radiotap, wireless } from './wireless';

/** The number of Ethernet, which most captures are of. */
export const ETHERNET = 1;

/** The link types that can be read, by their numbers in the registry of tcpdump.org. */
const headers: ReadonlyMap<number, Header> = new Map<number, Header>([
  [0, loopback],
  [ETHERNET, ethernet],
  [9, pppInHDLC],
  // Raw IP as BSDs and OpenBSD number it in files of their own; 101 everywhere else.
  [12, then(0, LAYER.ip)],
  [14, then(0, LAYER.ip)],
  [50, pppInHDLC],
  [51, pppoe],
  [101, then(0, LAYER.ip)],
  [104, ciscoHDLC],
  [105, wireless],
  [108, loopback],
  // OpenBSD's encapsulation: family, security parameters and flags.
  [109, then(12, LAYER.ip)],
  [113, cooked],
  [117, packetFilter],
  [119, prism],
  [127, radiotap],
  [163, prism],
  // PPP with a byte for the direction before or in place of its address.
  [166, then(2, LAYER.ppp)],
  [192, perPacket],
  [204, directed],
  [219, mpls],
  [228, then(0, IPV4)],
  [229, then(0, IPV6)],
  [239, netfilterLog],
  // netANALYZER's four bytes before Ethernet.
  [240, then(4, LAYER.ethernet)],
  [258, appleTap],
  [276, cooked2],
]);

export function isReadable(linkType: number): boolean {
  return headers.has(linkType);
}

/** @throws RangeError for a link type that is not {@link isReadable} */
export function linkHeaderOf(linkType: number): Header {
  const header = headers.get(linkType);
  if (header === undefined) throw new RangeError(`No header is known of link type ${linkType}`);
  return header;
}

/** A header of a fixed size that says nothing of use. */
function then(size: number, type: number): Header {
  return (_bytes, end, cursor) => {
    if (cursor.at + size > end) return FRAME_FAULT.cutLink;
    cursor.move(cursor.at + size, type);
    return FRAME_FAULT.none;
  };
}

/** What the protocol of a cooked frame says that is no EtherType: Ethernet, LLC and PPP. */
const cookedProtocols: ReadonlyMap<number, number> = new Map([
  [0x0003, LAYER.ethernet],
  [0x0004, LAYER.llc],
  [0x0007, LAYER.ppp],
]);

function cookedType(protocol: number): number {
  return protocol >= 0x0600 ? protocol : (cookedProtocols.get(protocol) ?? LAYER.none);
}

/** What Linux gives for the interface "any" (SLL): the sender's address where it has six bytes. */
function cooked(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 16) return FRAME_FAULT.cutLink;
  if (u16(bytes, at + 4) === 6) cursor.setMacs(u48(bytes, at + 6), 0);
  cursor.move(at + 16, cookedType(u16(bytes, at + 14)));
  return FRAME_FAULT.none;
}

/** The same in its second version (SLL2). */
function cooked2(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 20) return FRAME_FAULT.cutLink;
  if (bytes[at + 11] === 6) cursor.setMacs(u48(bytes, at + 12), 0);
  cursor.move(at + 20, cookedType(u16(bytes, at)));
  return FRAME_FAULT.none;
}

/** The log of OpenBSD's packet filter: a length, to be rounded up to four bytes, then IP. */
function packetFilter(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end <= at) return FRAME_FAULT.cutLink;
  const size = (bytes[at]! + 3) & ~3;
  if (size < 4) return FRAME_FAULT.badLink;
  if (end - at < size) return FRAME_FAULT.cutLink;
  cursor.move(at + size, LAYER.ip);
  return FRAME_FAULT.none;
}

/** PPP behind a byte for the direction. */
function directed(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  cursor.at++;
  return pppInHDLC(bytes, end, cursor);
}

/** Per-packet information (PPI): its length at 2, the link type of what follows at 4. */
function perPacket(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 8) return FRAME_FAULT.cutLink;
  const length = bytes[at + 2]! | (bytes[at + 3]! << 8);
  return inner(bytes, end, cursor, length, u32In(bytes, at + 4, true));
}

/** Apple's tap (PKTAP): its length, a type, and the link type of what follows. */
function appleTap(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 12) return FRAME_FAULT.cutLink;
  return inner(bytes, end, cursor, u32In(bytes, at, true), u32In(bytes, at + 8, true));
}

/** What names a link type of its own must not name one that does so again. */
function inner(
  bytes: Uint8Array,
  end: number,
  cursor: FrameCursor,
  length: number,
  linkType: number,
): number {
  if (length < 8) return FRAME_FAULT.badLink;
  if (end - cursor.at < length) return FRAME_FAULT.cutLink;
  const header = headers.get(linkType);
  if (header === undefined || header === perPacket || header === appleTap) {
    return FRAME_FAULT.innerLink;
  }
  cursor.at += length;
  return header(bytes, end, cursor);
}
