/** What a packet carries; the features see only what follows from it for addresses and ports. */
export const PROTOCOL = {
  /** No IP and no ARP: the MAC addresses stand in for the IP addresses. */
  none: 0,
  /** The addresses are ARP's sender and target protocol addresses. */
  arp: 1,
  /** ICMP over IPv4, whatever it quotes. */
  icmp: 2,
  tcp: 3,
  udp: 4,
  /** Another protocol over IP, ICMPv6 and the later fragments of a datagram among them: no ports. */
  other: 5,
} as const;
export type Protocol = (typeof PROTOCOL)[keyof typeof PROTOCOL];

/**
 * Up to `capacity` packets as a struct of arrays: what the extractor needs to know of each.
 *
 * A batch is filled again and again by whoever reads or makes packets; copy what you keep.
 */
export class PacketBatch {
  /** How many packets it holds. */
  size = 0;
  /** Unix time in seconds. */
  readonly time: Float64Array;
  /** Length of the frame on the wire, in bytes, however much of it was captured. */
  readonly length: Uint32Array;
  /** 48-bit address as a number, the first byte highest; 0 where the link has none. */
  readonly sourceMac: Float64Array;
  readonly destinationMac: Float64Array;
  /** One of {@link PROTOCOL}. */
  readonly protocol: Uint8Array;
  /** 4 for IPv4 and for ARP, 6 for IPv6, 0 where there are no IP addresses. */
  readonly family: Uint8Array;
  /** `[capacity, 4]`: IPv6 in four words, the first bytes first; IPv4 in word 0, the others 0. */
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  /** 0 where the protocol has no ports. */
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  /** The TCP flags byte (FIN 1, SYN 2, RST 4, PSH 8, ACK 16); 0 where it is not TCP. */
  readonly tcpFlags: Uint8Array;

  constructor(readonly capacity = 4096) {
    this.time = new Float64Array(capacity);
    this.length = new Uint32Array(capacity);
    this.sourceMac = new Float64Array(capacity);
    this.destinationMac = new Float64Array(capacity);
    this.protocol = new Uint8Array(capacity);
    this.family = new Uint8Array(capacity);
    this.source = new Uint32Array(4 * capacity);
    this.destination = new Uint32Array(4 * capacity);
    this.sourcePort = new Uint16Array(capacity);
    this.destinationPort = new Uint16Array(capacity);
    this.tcpFlags = new Uint8Array(capacity);
  }
}
