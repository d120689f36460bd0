import { u16, u48 } from './byte-order';
import { headerOf } from './encapsulation';
import { ethernet, ETHERNET_BYTES } from './ethernet';
import { ARP, FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT, MOST_HEADERS } from './frame-fault';
import { ETHERNET, linkHeaderOf } from './link-header';
import { decodeARP, decodeIPv4, decodeIPv6, setNone } from './network-layer';
import { type PacketBatch, PROTOCOL } from '../packet-batch';

/** One for all frames, each of which sets it anew: a frame allocates nothing. */
const cursor = new FrameCursor();

/**
 * Writes what a captured frame says of addresses, ports and protocol into row `i` of a batch: all but
 * the time and the length. It allocates nothing, and reads nothing outside of
 * `bytes[start, start + captured)`.
 *
 * The addresses are those of the outermost IP header, whatever lies before it (`ENCAPSULATIONS`); the
 * MAC addresses those of the outermost header that has them. A frame that the capture cut short is good
 * as long as the addresses are there, and the ports where there are any; TCP flags that are missing
 * are 0.
 *
 * @param linkType one that `isReadable`
 * @returns one of {@link FRAME_FAULT}; where it is not `none`, what row `i` holds means nothing
 * @throws RangeError for another link type
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
  if (linkType === ETHERNET && captured >= ETHERNET_BYTES) {
    // Nearly all frames of nearly all captures hold IP at once: without the detour.
    const type = u16(bytes, start + 12);
    if (type === IPV4 || type === IPV6) {
      batch.destinationMac[i] = u48(bytes, start);
      batch.sourceMac[i] = u48(bytes, start + 6);
      const at = start + ETHERNET_BYTES;
      return type === IPV4
        ? decodeIPv4(bytes, at, end, batch, i)
        : decodeIPv6(bytes, at, end, batch, i);
    }
  }
  cursor.reset(start);
  const fault = linkHeaderOf(linkType)(bytes, end, cursor) || decodeLayers(bytes, end, batch, i);
  if (fault !== FRAME_FAULT.none) return fault;
  batch.sourceMac[i] = cursor.sourceMac;
  batch.destinationMac[i] = cursor.destinationMac;
  const isNameless = batch.protocol[i] === PROTOCOL.none && !cursor.hasSender;
  return isNameless ? FRAME_FAULT.noAddress : FRAME_FAULT.none;
}

/** Follows the headers from where the cursor is to the one that has addresses, or to the end. */
function decodeLayers(bytes: Uint8Array, end: number, batch: PacketBatch, i: number): number {
  for (let headers = 0; headers <= MOST_HEADERS; headers++) {
    const { at, type } = cursor;
    switch (type) {
      case IPV4:
        return decodeIPv4(bytes, at, end, batch, i);
      case IPV6:
        return decodeIPv6(bytes, at, end, batch, i);
      case ARP:
        return decodeARP(bytes, at, end, batch, i);
      case LAYER.none:
        return setNone(batch, i);
      case LAYER.ip:
        if (at >= end) return FRAME_FAULT.cutIP;
        cursor.type = bytes[at]! >>> 4 === 6 ? IPV6 : IPV4;
        break;
      default: {
        const header = type === LAYER.ethernet ? ethernet : headerOf(type);
        if (header === undefined) return setNone(batch, i);
        const fault = header(bytes, end, cursor);
        if (fault !== FRAME_FAULT.none) return fault;
      }
    }
  }
  return FRAME_FAULT.tooDeep;
}
