import { CaptureDecoder, type CaptureTotals } from './capture-decoder';
import { PacketBatch } from '../packet-batch';

/** The bytes that a text of hexadecimal digits says; spaces are for the reader. */
export function hex(text: string): Buffer {
  const digits = text.replace(/\s/g, '');
  if (!/^([\da-f]{2})*$/.test(digits)) throw new Error(`not hexadecimal: ${text}`);
  return Buffer.from(digits, 'hex');
}

const MACS = '0200000000b1 0200000000a1';

/** An Ethernet frame from 02:00:00:00:00:a1 to 02:00:00:00:00:b1; `rest` begins with the type. */
export function ethernet(rest: string): Buffer {
  return hex(`${MACS} ${rest}`);
}

/** IPv4 from 10.0.0.1 to 10.0.0.2. */
export function ipv4(protocol: number, payload: string, options = '', fragment = '0000'): string {
  const bytes = hex(payload).length + hex(options).length + 20;
  const first = (0x40 + (hex(options).length + 20) / 4).toString(16);
  const length = bytes.toString(16).padStart(4, '0');
  const number = protocol.toString(16).padStart(2, '0');
  return `${first}00 ${length} 0000 ${fragment} 40${number} 0000 0a000001 0a000002 ${options} ${payload}`;
}

/** IPv6 from 2001:db8::1 to 2001:db8::2. */
export function ipv6(next: number, payload: string): string {
  const length = hex(payload).length.toString(16).padStart(4, '0');
  const number = next.toString(16).padStart(2, '0');
  return `60000000 ${length} ${number}40 20010db8000000000000000000000001 20010db8000000000000000000000002 ${payload}`;
}

/** A TCP header from port 40000 to 23 with SYN. */
export const TCP = '9c40 0017 00000000 00000000 5002 ffff 0000 0000';
/** A UDP header from port 5353 to 53. */
export const UDP = '14e9 0035 0008 0000';
/** An ICMP error that quotes a TCP header. */
export const ICMP = `0301 0000 00000000 ${ipv4(6, TCP)}`;

/** One good frame of each kind, by its link type. */
export const FRAMES: readonly (readonly [linkType: number, frame: Buffer])[] = [
  [1, ethernet(`0800 ${ipv4(6, TCP)}`)],
  [1, ethernet(`88a8 0001 8100 0002 0800 ${ipv4(17, UDP, '01010101')}`)],
  [1, ethernet(`86dd ${ipv6(0, `2c00 0000 00000000 1100 0001 00000000 ${UDP}`)}`)],
  [1, ethernet('0806 0001 0800 0604 0001 0200000000a1 0a000001 000000000000 0a000002')],
  [1, ethernet(`0800 ${ipv4(1, ICMP)}`)],
  [1, ethernet('88cc 0207')],
  [12, hex(ipv4(6, TCP))],
  [14, hex(ipv6(6, TCP))],
  [101, hex(ipv6(17, UDP))],
  [113, hex(`0000 0001 0006 0200000000a1 0000 0800 ${ipv4(17, UDP)}`)],
  [228, hex(ipv4(6, TCP, '', '2000'))],
  [229, hex(ipv6(51, `0604 0000 ${'00'.repeat(20)} ${TCP}`))],
  [276, hex(`86dd 0000 00000001 0001 00 06 0200000000a1 0000 ${ipv6(58, '8000 0000')}`)],
];

export interface CaptureOptions {
  readonly little?: boolean;
  readonly linkType?: number;
}

/** A number of the file in its byte order. */
function number(value: number, bytes: 2 | 4, little: boolean): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (little) buffer.writeUIntLE(value, 0, bytes);
  else buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

export interface PcapRecord {
  readonly frame: Buffer;
  readonly seconds?: number;
  /** Microseconds or nanoseconds, as the file has them. */
  readonly ticks?: number;
  readonly captured?: number;
  readonly length?: number;
}

/** A pcap file. */
export function pcap(
  records: readonly PcapRecord[],
  { little = true, linkType = 1, nano = false }: CaptureOptions & { nano?: boolean } = {},
): Buffer {
  const u32 = (value: number): Buffer => number(value, 4, little);
  const u16 = (value: number): Buffer => number(value, 2, little);
  const magic = u32(nano ? 0xa1b23c4d : 0xa1b2c3d4);
  const header = [magic, u16(2), u16(4), u32(0), u32(0), u32(262_144), u32(linkType)];
  const bodies = records.flatMap(({ frame, seconds = 1_505_661_693, ticks = 0, ...of }) => {
    const { captured = frame.length, length = frame.length } = of;
    return [u32(seconds), u32(ticks), u32(captured), u32(length), frame];
  });
  return Buffer.concat([...header, ...bodies]);
}

/** The blocks of pcapng in one byte order. */
export class PcapngBlocks {
  constructor(readonly little = true) {}

  u32(value: number): Buffer {
    return number(value, 4, this.little);
  }

  u16(value: number): Buffer {
    return number(value, 2, this.little);
  }

  block(type: number, ...body: Buffer[]): Buffer {
    const content = Buffer.concat(body);
    const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    const length = this.u32(padded.length + 12);
    return Buffer.concat([this.u32(type), length, padded, length]);
  }

  section(major = 1): Buffer {
    const order = this.u32(0x1a2b3c4d);
    return this.block(0x0a0d0d0a, order, this.u16(major), this.u16(0), Buffer.alloc(8, 0xff));
  }

  option(code: number, value: Buffer): Buffer {
    return Buffer.concat([
      this.u16(code),
      this.u16(value.length),
      value,
      Buffer.alloc(-value.length & 3),
    ]);
  }

  interface(linkType = 1, ...options: Buffer[]): Buffer {
    const end = options.length > 0 ? [this.u32(0)] : [];
    return this.block(1, this.u16(linkType), this.u16(0), this.u32(262_144), ...options, ...end);
  }

  /** An enhanced packet block. */
  packet(frame: Buffer, ticks: bigint, id = 0, captured = frame.length): Buffer {
    return this.block(6, this.u32(id), this.#packetBody(frame, ticks, captured));
  }

  /** An obsolete packet block. */
  obsoletePacket(frame: Buffer, ticks: bigint, id = 0): Buffer {
    return this.block(2, this.u16(id), this.u16(7), this.#packetBody(frame, ticks, frame.length));
  }

  simplePacket(frame: Buffer): Buffer {
    return this.block(3, this.u32(frame.length), frame);
  }

  #packetBody(frame: Buffer, ticks: bigint, captured: number): Buffer {
    const time = [this.u32(Number(ticks >> 32n)), this.u32(Number(ticks & 0xffffffffn))];
    return Buffer.concat([...time, this.u32(captured), this.u32(frame.length), frame]);
  }
}

const FIELDS = [
  'time',
  'length',
  'sourceMac',
  'destinationMac',
  'protocol',
  'family',
  'sourcePort',
  'destinationPort',
  'tcpFlags',
] as const;

/** A packet as tests compare it. */
export type Row = Record<(typeof FIELDS)[number], number> & {
  readonly source: readonly number[];
  readonly destination: readonly number[];
};

/** Row `i` of a batch. */
export function row(batch: PacketBatch, i: number): Row {
  const fields = Object.fromEntries(FIELDS.map((field) => [field, batch[field][i]]));
  return {
    ...(fields as Record<(typeof FIELDS)[number], number>),
    source: [...batch.source.subarray(4 * i, 4 * i + 4)],
    destination: [...batch.destination.subarray(4 * i, 4 * i + 4)],
  };
}

/** What a batch holds. */
export function rows(batch: PacketBatch): Row[] {
  return Array.from({ length: batch.size }, (_, i) => row(batch, i));
}

/** Decodes pieces of a capture called x.pcap. */
export function decode(
  pieces: readonly Uint8Array[],
  capacity = 4096,
): { packets: Row[]; totals: CaptureTotals } {
  const packets: Row[] = [];
  const onBatch = (batch: PacketBatch): void => void packets.push(...rows(batch));
  const batch = new PacketBatch(capacity);
  const decoder = new CaptureDecoder({ name: 'x.pcap', onBatch, batch });
  for (const piece of pieces) decoder.push(piece);
  decoder.end();
  return { packets, totals: decoder.totals };
}
