import { u16 } from './byte-order';
import { MOST_LLC_BYTES } from './ethernet';
import { type FrameCursor, type Header, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';
import { logicalLink } from './logical-link';
import { mpls } from './mpls';
import { ppp, pppoe } from './ppp';
import { wireless } from './wireless';

/** What may lie between the header of the link and that of IP. */
export interface Encapsulation {
  readonly name: string;
  /** EtherTypes, or one of `LAYER`. */
  readonly types: readonly number[];
  readonly header: Header;
}

/** All that is looked through, as tshark does for its `ip.src`. */
export const ENCAPSULATIONS: readonly Encapsulation[] = [
  { name: 'VLAN (802.1Q, 802.1ad, QinQ)', types: [0x8100, 0x88a8, 0x9100], header: tag(4) },
  { name: 'MPLS', types: [0x8847, 0x8848], header: mpls },
  { name: 'PPPoE', types: [0x8864], header: pppoe },
  { name: 'PPP', types: [LAYER.ppp, 0x880b], header: ppp },
  { name: 'LLC and SNAP (802.2)', types: [LAYER.llc, 0x8870], header: logicalLink },
  { name: 'Ethernet within another', types: [0x6558], header: bridged },
  { name: 'provider backbone (802.1ah)', types: [0x88e7], header: tag(18) },
  { name: 'MACsec in the clear (802.1AE)', types: [0x88e5], header: macsec },
  { name: 'VN-tag', types: [0x8926], header: tag(6) },
  { name: 'E-tag (802.1BR)', types: [0x893f], header: tag(8) },
  { name: 'R-tag (802.1CB)', types: [0xf1c1], header: tag(6) },
  { name: 'HSR', types: [0x892f], header: tag(6) },
  { name: 'Cisco metadata', types: [0x8909], header: tag(8) },
  { name: 'network service header (NSH)', types: [0x894f], header: serviceHeader },
  { name: 'TRILL', types: [0x22f3], header: trill },
  { name: 'B.A.T.M.A.N.', types: [0x4305], header: batman },
  { name: 'Wi-Fi (802.11)', types: [LAYER.wireless, 0x2452], header: wireless },
];

const headers: ReadonlyMap<number, Header> = new Map(
  ENCAPSULATIONS.flatMap(({ types, header }) => types.map((type) => [type, header] as const)),
);

/** The header that a type announces; undefined where nothing that leads to IP follows. */
export function headerOf(type: number): Header | undefined {
  if (type > MOST_LLC_BYTES) return headers.get(type);
  // A length; of a frame so short there is no LLC.
  return type < 3 ? undefined : logicalLink;
}

/** A tag of a fixed size, the EtherType of what follows in its last two bytes. */
function tag(size: number): Header {
  return (bytes, end, cursor) => {
    const next = cursor.at + size;
    if (next > end) return FRAME_FAULT.cutLink;
    cursor.move(next, u16(bytes, next - 2));
    return FRAME_FAULT.none;
  };
}

function bridged(_bytes: Uint8Array, _end: number, cursor: FrameCursor): number {
  cursor.type = LAYER.ethernet;
  return FRAME_FAULT.none;
}

/** Its bits E and C say that what follows is encrypted or changed; SC that the channel is named. */
function macsec(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 6) return FRAME_FAULT.cutLink;
  const flags = bytes[at]!;
  const next = at + ((flags & 0x20) === 0 ? 8 : 16);
  if ((flags & 0x0c) !== 0) {
    cursor.type = LAYER.none;
    return FRAME_FAULT.none;
  }
  if (next > end) return FRAME_FAULT.cutLink;
  cursor.move(next, u16(bytes, next - 2));
  return FRAME_FAULT.none;
}

const services: readonly number[] = [LAYER.none, IPV4, IPV6, LAYER.ethernet, 0x894f, 0x8847];

/** RFC 8300: its length in four bytes, and the number of what follows. */
function serviceHeader(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 8) return FRAME_FAULT.cutLink;
  const size = (bytes[at + 1]! & 0x3f) * 4;
  if (size < 8) return FRAME_FAULT.badLink;
  if (end - at < size) return FRAME_FAULT.cutLink;
  cursor.move(at + size, services[bytes[at + 3]!] ?? LAYER.none);
  return FRAME_FAULT.none;
}

/** RFC 6325: options of a length in four bytes, then a frame. */
function trill(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 6) return FRAME_FAULT.cutLink;
  const options = ((u16(bytes, at) >>> 6) & 0x1f) * 4;
  cursor.move(at + 6 + options, LAYER.ethernet);
  return FRAME_FAULT.none;
}

/** Bytes of the headers of version 15 that carry a frame: broadcast, unicast, and with four addresses. */
const batmanBytes: ReadonlyMap<number, number> = new Map([
  [0x01, 14],
  [0x40, 10],
  [0x42, 18],
]);

function batman(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 2) return FRAME_FAULT.cutLink;
  const size = bytes[at + 1] === 15 ? batmanBytes.get(bytes[at]!) : undefined;
  if (size === undefined) cursor.type = LAYER.none;
  else cursor.move(at + size, LAYER.ethernet);
  return FRAME_FAULT.none;
}
