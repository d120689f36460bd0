import { PROTOCOL, type PacketBatch } from '../packet-batch';

const TCP_BYTES = 20;
const MOST_OPTION_BYTES = 40;
/** The longest headers that are written: Ethernet, IPv6 and TCP. */
export const MOST_HEADER_BYTES = 14 + 40 + TCP_BYTES + MOST_OPTION_BYTES;
/** Ethernet's shortest frame: what is missing is filled up, and belongs to nobody. */
const SHORTEST_FRAME = 60;
const PUSH = 8;
/** For experiments within one's own network (IEEE 802): what follows it means nothing to others. */
const EXPERIMENTAL_TYPE = 0x88b5;
const ETHERNET_BYTES = 14;
const TIME_TO_LIVE = 64;
const MOST_IP_BYTES = 0xffff;

/**
 * Writes the headers that packet `i` of a batch would have on Ethernet, without what they carry.
 *
 * The IPv4 header has its checksum; those of TCP, UDP and ICMP are 0, since they cover data that are
 * not there. Lengths are those of the whole packet.
 *
 * @param out with room for {@link MOST_HEADER_BYTES} from `at` on
 * @returns how many bytes they take
 */
export function writeHeaders(batch: PacketBatch, i: number, out: DataView, at: number): number {
  writeMac(out, at, batch.destinationMac[i]!);
  writeMac(out, at + 6, batch.sourceMac[i]!);
  const protocol = batch.protocol[i]!;
  const isIPv6 = batch.family[i] === 6;
  const place = at + ETHERNET_BYTES;
  if (protocol === PROTOCOL.none) {
    out.setUint16(at + 12, EXPERIMENTAL_TYPE);
    return ETHERNET_BYTES;
  }
  if (protocol === PROTOCOL.arp) {
    out.setUint16(at + 12, 0x0806);
    return ETHERNET_BYTES + writeARP(batch, i, out, place);
  }
  out.setUint16(at + 12, isIPv6 ? 0x86dd : 0x0800);
  const headerBytes = ipHeaderBytes(batch, i);
  const rest = writeTransport(batch, i, out, place + headerBytes);
  // A packet cannot be shorter than its headers; longer than IP can say is 0, as offload has it.
  const isFilled = protocol === PROTOCOL.tcp && batch.length[i]! <= SHORTEST_FRAME;
  const carried = isFilled ? 0 : batch.length[i]! - ETHERNET_BYTES;
  const length = Math.max(carried, headerBytes + rest);
  if (isIPv6) writeIPv6(batch, i, out, place, length - headerBytes);
  else writeIPv4(batch, i, out, place, length);
  return ETHERNET_BYTES + headerBytes + rest;
}

function ipHeaderBytes(batch: PacketBatch, i: number): number {
  return batch.family[i] === 6 ? 40 : 20;
}

function writeMac(out: DataView, at: number, mac: number): void {
  out.setUint16(at, Math.floor(mac / 2 ** 32));
  out.setUint32(at + 2, mac % 2 ** 32);
}

function writeARP(batch: PacketBatch, i: number, out: DataView, at: number): number {
  const target = batch.destinationMac[i]!;
  const isRequest = target === 2 ** 48 - 1;
  out.setUint16(at, 1);
  out.setUint16(at + 2, 0x0800);
  out.setUint16(at + 4, 0x0604);
  out.setUint16(at + 6, isRequest ? 1 : 2);
  writeMac(out, at + 8, batch.sourceMac[i]!);
  out.setUint32(at + 14, batch.source[4 * i]!);
  writeMac(out, at + 18, isRequest ? 0 : target);
  out.setUint32(at + 24, batch.destination[4 * i]!);
  return 28;
}

function writeIPv4(batch: PacketBatch, i: number, out: DataView, at: number, length: number): void {
  out.setUint32(at, 0x4500_0000 | (length > MOST_IP_BYTES ? 0 : length));
  out.setUint32(at + 4, 0);
  out.setUint8(at + 8, TIME_TO_LIVE);
  out.setUint8(at + 9, numberOf(batch.protocol[i]!, 2));
  out.setUint16(at + 10, 0);
  out.setUint32(at + 12, batch.source[4 * i]!);
  out.setUint32(at + 16, batch.destination[4 * i]!);
  let sum = 0;
  for (let word = 0; word < 20; word += 2) sum += out.getUint16(at + word);
  sum = (sum & 0xffff) + (sum >>> 16);
  out.setUint16(at + 10, ~(sum + (sum >>> 16)));
}

function writeIPv6(batch: PacketBatch, i: number, out: DataView, at: number, length: number): void {
  out.setUint32(at, 0x6000_0000);
  out.setUint16(at + 4, length > MOST_IP_BYTES ? 0 : length);
  out.setUint8(at + 6, numberOf(batch.protocol[i]!, 58));
  out.setUint8(at + 7, TIME_TO_LIVE);
  for (let word = 0; word < 4; word++) {
    out.setUint32(at + 8 + 4 * word, batch.source[4 * i + word]!);
    out.setUint32(at + 24 + 4 * word, batch.destination[4 * i + word]!);
  }
}

/** IP's number of a protocol; of one without ports, IGMP's (2) or ICMPv6's (58). */
function numberOf(protocol: number, other: number): number {
  if (protocol === PROTOCOL.tcp) return 6;
  if (protocol === PROTOCOL.udp) return 17;
  return protocol === PROTOCOL.icmp ? 1 : other;
}

function writeTransport(batch: PacketBatch, i: number, out: DataView, at: number): number {
  const protocol = batch.protocol[i]!;
  if (protocol === PROTOCOL.icmp) {
    out.setUint32(at, 0x0800_0000); // an echo request
    out.setUint32(at + 4, 0);
    return 8;
  }
  if (protocol !== PROTOCOL.tcp && protocol !== PROTOCOL.udp) return 0;
  out.setUint16(at, batch.sourcePort[i]!);
  out.setUint16(at + 2, batch.destinationPort[i]!);
  if (protocol === PROTOCOL.udp) {
    const length = Math.max(batch.length[i]! - ETHERNET_BYTES - ipHeaderBytes(batch, i), 8);
    out.setUint32(at + 4, length > MOST_IP_BYTES ? 0 : length << 16);
    return 8;
  }
  const options = optionBytes(batch, i);
  out.setUint32(at + 4, 0);
  out.setUint32(at + 8, 0);
  out.setUint16(at + 12, ((TCP_BYTES + options) << 10) | batch.tcpFlags[i]!);
  out.setUint16(at + 14, 0xffff);
  out.setUint32(at + 16, 0);
  for (let option = 0; option < options; option += 4) out.setUint32(at + TCP_BYTES + option, 0);
  return TCP_BYTES + options;
}

/**
 * How much of a segment is TCP's options: all of it that is not header, where nothing is pushed and
 * it is no more than options can be. What they say is not known; they are written as 0, none.
 */
function optionBytes(batch: PacketBatch, i: number): number {
  const bytes = batch.length[i]! - ETHERNET_BYTES - ipHeaderBytes(batch, i) - TCP_BYTES;
  const isPushed = (batch.tcpFlags[i]! & PUSH) !== 0;
  if (isPushed || bytes > MOST_OPTION_BYTES || batch.length[i]! <= SHORTEST_FRAME) return 0;
  return bytes - (bytes % 4);
}
