import { u16 } from './byte-order';
import { looksLikeEthernet, MOST_LLC_BYTES } from './ethernet';
import { type FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

const SNAP = 0xaa;
const IP = 0x06;
const OSI = 0xfe;
const LEAST_BYTES = 3;
/** Of the unnumbered frames the one that carries something (UI), but for its bit P. */
const INFORMATION = 0x03;
/** What follows SNAP is an EtherType with these: Ethernet's own, Cisco's for 802.1H, AppleTalk's. */
const ETHER_TYPED: ReadonlySet<number> = new Set([0x000000, 0x0000f8, 0x080007]);
const IEEE_802_1 = 0x0080c2;

/** LLC (IEEE 802.2) with SNAP, IP or OSI's names for IP behind it. */
export function logicalLink(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < LEAST_BYTES) return FRAME_FAULT.cutLink;
  const [destination, source, control] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
  const isUnnumbered = (control & 3) === 3;
  const next = at + (isUnnumbered ? 3 : 4);
  if (isUnnumbered && (control & 0xef) !== INFORMATION) {
    cursor.type = LAYER.none;
    return FRAME_FAULT.none;
  }
  if (destination === SNAP && source === SNAP) return snap(bytes, next, end, cursor);
  if (destination === IP) cursor.move(next, LAYER.ip);
  else if (destination === OSI && source === OSI) return osi(bytes, next, end, cursor);
  else cursor.type = LAYER.none;
  return FRAME_FAULT.none;
}

function snap(bytes: Uint8Array, at: number, end: number, cursor: FrameCursor): number {
  if (end - at < 5) return FRAME_FAULT.cutLink;
  const organization = (bytes[at]! << 16) | u16(bytes, at + 1);
  const protocol = u16(bytes, at + 3);
  const next = at + 5;
  const isBridged = organization === IEEE_802_1 && (protocol === 1 || protocol === 7);
  // Some put two bytes before the frame (RFC 2684).
  if (isBridged && looksLikeEthernet(bytes, next, end)) cursor.move(next, LAYER.ethernet);
  else if (isBridged) cursor.move(next + 2, LAYER.ethernet);
  else if (ETHER_TYPED.has(organization) && protocol > MOST_LLC_BYTES) cursor.move(next, protocol);
  else cursor.type = LAYER.none;
  return FRAME_FAULT.none;
}

/** The network layer protocol identifiers of IP (RFC 1483, ISO 9577). */
function osi(bytes: Uint8Array, at: number, end: number, cursor: FrameCursor): number {
  if (end <= at) return FRAME_FAULT.cutLink;
  if (bytes[at] === 0xcc) cursor.move(at + 1, IPV4);
  else if (bytes[at] === 0x8e) cursor.move(at + 1, IPV6);
  else cursor.type = LAYER.none;
  return FRAME_FAULT.none;
}
