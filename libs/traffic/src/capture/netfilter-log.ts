import { u16, u16In, u48 } from './byte-order';
import { type FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

const HEADER_BYTES = 4;
const HARDWARE_ADDRESS = 8;
const PAYLOAD = 9;

/**
 * What Linux' netfilter logs (NFLOG): a family and attributes, the packet and the sender's address among
 * them. Lengths and types are in the byte order of the machine; types are below 256, which tells it.
 */
export function netfilterLog(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  const { at } = cursor;
  if (end - at < HEADER_BYTES) return FRAME_FAULT.cutLink;
  const family = bytes[at]!;
  let place = at + HEADER_BYTES;
  while (end - place >= 4) {
    const little = bytes[place + 3] === 0;
    const length = u16In(bytes, place, little);
    const type = u16In(bytes, place + 2, little);
    if (length < 4) return FRAME_FAULT.badLink;
    if (type === PAYLOAD) {
      cursor.move(place + 4, typeOf(family));
      return FRAME_FAULT.none;
    }
    if (place + length > end) return FRAME_FAULT.cutLink;
    if (type === HARDWARE_ADDRESS && length >= 14 && u16(bytes, place + 4) === 6) {
      cursor.setMacs(u48(bytes, place + 8), 0);
    }
    place += (length + 3) & ~3;
  }
  // It may be cut at an attribute's end as well: without the packet there is nothing to say.
  return FRAME_FAULT.cutLink;
}

function typeOf(family: number): number {
  if (family === 2) return IPV4;
  return family === 10 ? IPV6 : LAYER.none;
}
