import { u16, u32 } from './byte-order';
import { FRAME_FAULT, MOST_HEADERS } from './frame-fault';
import { PROTOCOL, type PacketBatch, type Protocol } from '../packet-batch';

const ARP_OF_IPV4_BYTES = 28;
const IPV4_BYTES = 20;
const IPV6_BYTES = 40;

/** Gives row `i` neither addresses nor ports. */
export function setNone(batch: PacketBatch, i: number): number {
  batch.source.fill(0, 4 * i, 4 * i + 4);
  batch.destination.fill(0, 4 * i, 4 * i + 4);
  return setProtocol(PROTOCOL.none, 0, batch, i);
}

/**
 * ARP at `bytes[at, end)`. What resolves other addresses than IPv4 to others than MACs counts as no
 * IP at all.
 *
 * @returns one of {@link FRAME_FAULT}
 */
export function decodeARP(
  bytes: Uint8Array,
  at: number,
  end: number,
  batch: PacketBatch,
  i: number,
): number {
  if (end - at < 8) return FRAME_FAULT.cutARP;
  const isOfIPv4 = u16(bytes, at + 2) === 0x0800 && bytes[at + 4] === 6 && bytes[at + 5] === 4;
  if (!isOfIPv4) return setNone(batch, i);
  if (end - at < ARP_OF_IPV4_BYTES) return FRAME_FAULT.cutARP;
  setIPv4(batch.source, i, u32(bytes, at + 14));
  setIPv4(batch.destination, i, u32(bytes, at + 24));
  return setProtocol(PROTOCOL.arp, 4, batch, i);
}

/** IPv4 (RFC 791) at `bytes[at, end)`. @returns one of {@link FRAME_FAULT} */
export function decodeIPv4(
  bytes: Uint8Array,
  at: number,
  end: number,
  batch: PacketBatch,
  i: number,
): number {
  if (end <= at) return FRAME_FAULT.cutIP;
  const first = bytes[at]!;
  const headerBytes = (first & 15) * 4;
  // Some senders of IPv6 leave the type at that of IPv4; the other way round it happens to none.
  if (first >>> 4 === 6) return decodeIPv6(bytes, at, end, batch, i);
  if (first >>> 4 !== 4 || headerBytes < IPV4_BYTES) return FRAME_FAULT.badIP;
  if (end - at < IPV4_BYTES) return FRAME_FAULT.cutIP;
  // A length of 0 is a packet that the network card was to cut into pieces (offload).
  const length = u16(bytes, at + 2) || Infinity;
  if (length < headerBytes) return FRAME_FAULT.badIP;
  setIPv4(batch.source, i, u32(bytes, at + 12));
  setIPv4(batch.destination, i, u32(bytes, at + 16));
  const isLaterFragment = (u16(bytes, at + 6) & 0x1fff) !== 0;
  const protocol = isLaterFragment ? -1 : bytes[at + 9]!;
  if (protocol === 1) return setProtocol(PROTOCOL.icmp, 4, batch, i);
  return decodeTransport(protocol, bytes, at + headerBytes, at + length, end, 4, batch, i);
}

/** IPv6 (RFC 8200) at `bytes[at, end)`. @returns one of {@link FRAME_FAULT} */
export function decodeIPv6(
  bytes: Uint8Array,
  at: number,
  end: number,
  batch: PacketBatch,
  i: number,
): number {
  if (end <= at) return FRAME_FAULT.cutIP;
  if (bytes[at]! >>> 4 !== 6) return FRAME_FAULT.badIP;
  if (end - at < IPV6_BYTES) return FRAME_FAULT.cutIP;
  const { source, destination } = batch;
  for (let word = 0; word < 4; word++) {
    source[4 * i + word] = u32(bytes, at + 8 + 4 * word);
    destination[4 * i + word] = u32(bytes, at + 24 + 4 * word);
  }
  // A length of 0 is a jumbogram (RFC 2675) or offload, as above.
  const endOfIP = at + IPV6_BYTES + (u16(bytes, at + 4) || Infinity);
  let header = bytes[at + 6]!;
  let place = at + IPV6_BYTES;
  for (let extensions = 0; isExtension(header); extensions++) {
    if (extensions === MOST_HEADERS) return FRAME_FAULT.tooDeep;
    if (place + 8 > endOfIP) return setProtocol(PROTOCOL.other, 6, batch, i);
    if (place + 8 > end) return FRAME_FAULT.cutPorts;
    const isLaterFragment = header === FRAGMENT && u16(bytes, place + 2) >>> 3 !== 0;
    if (isLaterFragment) return setProtocol(PROTOCOL.other, 6, batch, i);
    const size = extensionBytes(header, bytes[place + 1]!);
    header = bytes[place]!;
    place += size;
  }
  return decodeTransport(header, bytes, place, endOfIP, end, 6, batch, i);
}

const FRAGMENT = 44;
const AUTHENTICATION = 51;

/** Hop-by-hop and destination options, routing, fragment and authentication headers. */
function isExtension(header: number): boolean {
  return (
    header === 0 ||
    header === 43 ||
    header === FRAGMENT ||
    header === AUTHENTICATION ||
    header === 60
  );
}

function extensionBytes(header: number, length: number): number {
  if (header === FRAGMENT) return 8;
  return header === AUTHENTICATION ? 4 * length + 8 : 8 * length + 8;
}

/** The ports of TCP and UDP, and TCP's flags, at `bytes[at, min(endOfIP, end))`. */
function decodeTransport(
  protocol: number,
  bytes: Uint8Array,
  at: number,
  endOfIP: number,
  end: number,
  family: number,
  batch: PacketBatch,
  i: number,
): number {
  const isTCP = protocol === 6;
  if (!isTCP && protocol !== 17) return setProtocol(PROTOCOL.other, family, batch, i);
  // A packet, or its first fragment, that ends before its ports has none; what lies behind it are the
  // bytes that pad it to the link's least size.
  if (at + 4 > endOfIP) return setProtocol(PROTOCOL.other, family, batch, i);
  if (at + 4 > end) return FRAME_FAULT.cutPorts;
  batch.protocol[i] = isTCP ? PROTOCOL.tcp : PROTOCOL.udp;
  batch.family[i] = family;
  batch.sourcePort[i] = u16(bytes, at);
  batch.destinationPort[i] = u16(bytes, at + 2);
  batch.tcpFlags[i] = isTCP && at + 14 <= endOfIP && at + 14 <= end ? bytes[at + 13]! : 0;
  return FRAME_FAULT.none;
}

function setProtocol(protocol: Protocol, family: number, batch: PacketBatch, i: number): number {
  batch.protocol[i] = protocol;
  batch.family[i] = family;
  batch.sourcePort[i] = 0;
  batch.destinationPort[i] = 0;
  batch.tcpFlags[i] = 0;
  return FRAME_FAULT.none;
}

function setIPv4(words: Uint32Array, i: number, address: number): void {
  words[4 * i] = address;
  words[4 * i + 1] = 0;
  words[4 * i + 2] = 0;
  words[4 * i + 3] = 0;
}
