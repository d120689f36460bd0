/** A packet as a plain reader gives it: an object with its addresses as text. */
export interface PlainPacket {
  readonly time: number;
  readonly length: number;
  readonly sourceMac: string;
  readonly destinationMac: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/**
 * Reads a pcap file (little-endian, µs, Ethernet, IPv4 with TCP or UDP) the straightforward way:
 * an object and four strings for each packet.
 *
 * @param pieces the file, in pieces
 */
export function* readPlainly(pieces: Iterable<Buffer>): Generator<PlainPacket> {
  let rest = Buffer.alloc(0);
  let begun = false;
  for (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    let at = 0;
    if (!begun) {
      begun = true;
      at = 24;
    }
    while (at + 16 <= rest.length) {
      const captured = rest.readUInt32LE(at + 8);
      if (at + 16 + captured > rest.length) break;
      yield packetOf(rest, at, rest.subarray(at + 16, at + 16 + captured));
      at += 16 + captured;
    }
    rest = rest.subarray(at);
  }
}

function packetOf(file: Buffer, at: number, frame: Buffer): PlainPacket {
  const ports = 14 + 4 * (frame[14]! & 15);
  const mac = (start: number) =>
    Array.from(frame.subarray(start, start + 6), (byte) => byte.toString(16).padStart(2, '0')).join(
      ':',
    );
  return {
    time: file.readUInt32LE(at) + file.readUInt32LE(at + 4) / 1e6,
    length: file.readUInt32LE(at + 12),
    sourceMac: mac(6),
    destinationMac: mac(0),
    source: frame.subarray(26, 30).join('.'),
    destination: frame.subarray(30, 34).join('.'),
    sourcePort: frame.readUInt16BE(ports),
    destinationPort: frame.readUInt16BE(ports + 2),
  };
}
