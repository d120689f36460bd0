import { u32, u32In } from './byte-order';
import { MOST_LLC_BYTES } from './ethernet';
import { type FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

/** AF_INET everywhere; AF_INET6 of Linux, Windows, NetBSD and OpenBSD, FreeBSD, and Darwin. */
const families: ReadonlyMap<number, number> = new Map([
  [2, IPV4],
  [10, IPV6],
  [23, IPV6],
  [24, IPV6],
  [28, IPV6],
  [30, IPV6],
]);

/**
 * What BSDs put before the packets of the loopback: the family in the byte order of the machine (NULL),
 * or in network order (LOOP). It is below 65,536, which tells the order; some write an EtherType.
 */
export function loopback(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < 4) return FRAME_FAULT.cutLink;
  const little = u32In(bytes, at, true);
  const family = little > 0xffff ? u32(bytes, at) : little;
  cursor.move(at + 4, family > MOST_LLC_BYTES ? family : (families.get(family) ?? LAYER.none));
  return FRAME_FAULT.none;
}
