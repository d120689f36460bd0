import { u16, u32, u48 } from './byte-order';
import { ARP, type FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

export const ETHERNET_BYTES = 14;
/** Up to here the type of a frame is its length, and LLC follows (IEEE 802.3). */
export const MOST_LLC_BYTES = 1500;
/** Cisco's Inter-Switch Link puts so much before a whole frame. */
const ISL_BYTES = 26;

/** EtherTypes that lead to addresses: IP, ARP, and those of `ENCAPSULATIONS`. */
const leading: ReadonlySet<number> = new Set([
  ...[IPV4, IPV6, ARP, 0x8100, 0x88a8, 0x9100, 0x8847, 0x8848, 0x8864, 0x880b, 0x8870, 0x6558],
  ...[0x88e7, 0x88e5, 0x8926, 0x893f, 0xf1c1, 0x892f, 0x8909, 0x894f, 0x22f3, 0x4305, 0x2452],
]);
/** What LLC begins with where it leads to IP: SNAP, IP and OSI in unnumbered frames. */
const logicalLinks: ReadonlySet<number> = new Set([0xaaaa03, 0x060603, 0xfefe03]);

/** Whether a frame of Ethernet that leads to addresses lies at `at`, where nothing but itself says so. */
export function looksLikeEthernet(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < ETHERNET_BYTES) return false;
  const type = u16(bytes, at + 12);
  if (type > MOST_LLC_BYTES) return leading.has(type);
  const link = at + ETHERNET_BYTES;
  return end - link >= 3 && logicalLinks.has((u16(bytes, link) << 8) | bytes[link + 2]!);
}

/** Ethernet and IEEE 802.3. */
export function ethernet(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < ETHERNET_BYTES) return FRAME_FAULT.cutLink;
  const type = u16(bytes, at + 12);
  if (type <= MOST_LLC_BYTES && isISL(bytes, at)) {
    // Its addresses are those of switches.
    cursor.move(at + ISL_BYTES, LAYER.ethernet);
    return FRAME_FAULT.none;
  }
  cursor.setMacs(u48(bytes, at + 6), u48(bytes, at));
  cursor.move(at + ETHERNET_BYTES, type);
  return FRAME_FAULT.none;
}

/** Whether the destination is one of the two that ISL has for its own: 01- or 03:00:0c:00:00. */
function isISL(bytes: Uint8Array, at: number): boolean {
  return (u32(bytes, at) & 0xfdff_ffff) === 0x0100_0c00 && bytes[at + 4] === 0;
}
