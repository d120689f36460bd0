import { u16, u32 } from './byte-order';
import { FRAME_FAULT } from './frame-fault';
import { LINK_TYPE } from './link-type';
import { decodeARP, decodeIPv4, decodeIPv6, setNone } from './network-layer';
import type { PacketBatch } from '../packet-batch';

const ETHERNET_BYTES = 14;
const COOKED_BYTES = 16;
const COOKED2_BYTES = 20;

/**
 * Writes what a captured frame says of addresses, ports and protocol into row `i` of a batch: all but
 * the time and the length. It allocates nothing, and reads nothing outside of
 * `bytes[start, start + captured)`.
 *
 * A frame that the capture cut short is good as long as the addresses are there, and the ports where
 * there are any; TCP flags that are missing are 0.
 *
 * @param linkType one of {@link LINK_TYPE}
 * @returns one of {@link FRAME_FAULT}; where it is not `none`, what row `i` holds means nothing
 */
export function decodeFrame(
  linkType: number,
  bytes: Uint8Array,
  start: number,
  captured: number,
  batch: PacketBatch,
  i: number,
): number {
  const end = start + captured;
  switch (linkType) {
    case LINK_TYPE.ethernet:
      if (captured < ETHERNET_BYTES) return FRAME_FAULT.cutLink;
      batch.destinationMac[i] = mac(bytes, start);
      batch.sourceMac[i] = mac(bytes, start + 6);
      return decodeNetwork(u16(bytes, start + 12), bytes, start + ETHERNET_BYTES, end, batch, i);
    case LINK_TYPE.cooked:
      if (captured < COOKED_BYTES) return FRAME_FAULT.cutLink;
      batch.destinationMac[i] = 0;
      batch.sourceMac[i] = u16(bytes, start + 4) === 6 ? mac(bytes, start + 6) : 0;
      return decodeNetwork(u16(bytes, start + 14), bytes, start + COOKED_BYTES, end, batch, i);
    case LINK_TYPE.cooked2:
      if (captured < COOKED2_BYTES) return FRAME_FAULT.cutLink;
      batch.destinationMac[i] = 0;
      batch.sourceMac[i] = bytes[start + 11] === 6 ? mac(bytes, start + 12) : 0;
      return decodeNetwork(u16(bytes, start), bytes, start + COOKED2_BYTES, end, batch, i);
    default:
      batch.destinationMac[i] = 0;
      batch.sourceMac[i] = 0;
      return isIPv6(linkType, bytes, start, captured)
        ? decodeIPv6(bytes, start, end, batch, i)
        : decodeIPv4(bytes, start, end, batch, i);
  }
}

/** Whether raw IP is of version 6: some link types say so, for others the packet does. */
function isIPv6(linkType: number, bytes: Uint8Array, start: number, captured: number): boolean {
  if (linkType === LINK_TYPE.ipv6) return true;
  return linkType !== LINK_TYPE.ipv4 && captured > 0 && bytes[start]! >>> 4 === 6;
}

/** What follows the link header, behind any number of VLAN tags. */
function decodeNetwork(
  etherType: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  batch: PacketBatch,
  i: number,
): number {
  let type = etherType;
  let place = at;
  while (type === 0x8100 || type === 0x88a8 || type === 0x9100) {
    if (place + 4 > end) return FRAME_FAULT.cutLink;
    type = u16(bytes, place + 2);
    place += 4;
  }
  if (type === 0x0800) return decodeIPv4(bytes, place, end, batch, i);
  if (type === 0x86dd) return decodeIPv6(bytes, place, end, batch, i);
  if (type === 0x0806) return decodeARP(bytes, place, end, batch, i);
  return setNone(batch, i);
}

/** Six bytes as one number. */
function mac(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x1_0000_0000 + u32(bytes, at + 2);
}
