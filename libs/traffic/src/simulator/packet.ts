import { PROTOCOL, type PacketBatch, type Protocol } from '../packet-batch';

/** A network interface of the simulated lab, or a machine beyond its router. */
export interface Host {
  /** 48 bits; for a machine beyond the router that of the router. */
  readonly mac: number;
  /** One word for IPv4, four for IPv6. */
  readonly address: readonly number[];
}

/** One frame on the wire, as the extractor and the capture writer need to know it. */
export interface Packet {
  /** Unix seconds. */
  readonly time: number;
  readonly from: Host;
  readonly to: Host;
  readonly protocol: Protocol;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Bytes of the frame without its checksum; at least 60 on Ethernet. */
  readonly length: number;
  readonly tcpFlags: number;
}

/** Ethernet's shortest frame, without its checksum: shorter ones are padded. */
export const SHORTEST = 60;

export const FLAGS = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

/** Packets in time order; when it returns, the time at which it was over. */
export type Traffic = Generator<Packet, number, void>;

/** Writes a packet to row `i` of a batch; its time becomes whole microseconds, as in a capture. */
export function putPacket(batch: PacketBatch, i: number, packet: Packet): void {
  batch.time[i] = Math.round(packet.time * 1e6) / 1e6;
  batch.length[i] = packet.length;
  batch.sourceMac[i] = packet.from.mac;
  batch.destinationMac[i] = packet.to.mac;
  batch.protocol[i] = packet.protocol;
  batch.family[i] =
    packet.protocol === PROTOCOL.none ? 0 : packet.from.address.length === 4 ? 6 : 4;
  for (let word = 0; word < 4; word++) {
    batch.source[4 * i + word] = packet.from.address[word] ?? 0;
    batch.destination[4 * i + word] = packet.to.address[word] ?? 0;
  }
  batch.sourcePort[i] = packet.sourcePort;
  batch.destinationPort[i] = packet.destinationPort;
  batch.tcpFlags[i] = packet.tcpFlags;
}
