import { Random } from '@botlab/random';
import { PacketBatch, PROTOCOL } from '@botlab/traffic';

/** Made-up traffic to be timed on, `size` packets of it. */
export const TRAFFIC_MIXES: Readonly<Record<string, (size: number) => PacketBatch>> = {
  'conversations of 30 hosts': conversations,
  'spoofed flood': (size) => flood(size, 'flood', spoof),
  'scan of random destinations': (size) => flood(size, 'scan', scan),
};

const MAC = 0x02_00_00_00_00_00;
const NETWORK = 0xc0_a8_01_00; // 192.168.1.0
const START = 1505661693;

/** Each host talks to four servers over two connections each: requests, and replies to them. */
function conversations(size: number): PacketBatch {
  const random = new Random(1, 'conversations');
  const batch = new PacketBatch(size);
  let time = START;
  for (let i = 0; i < size; i++) {
    time += random.float() * 2e-3;
    const host = 2 + random.int(30);
    const server = random.int(4);
    const connection = random.int(2);
    const isReply = random.int(2) === 1;
    batch.time[i] = time;
    batch.length[i] = isReply ? 60 + random.int(1455) : 60 + random.int(200);
    batch.protocol[i] = server === 0 ? PROTOCOL.udp : PROTOCOL.tcp;
    batch.family[i] = 4;
    const [mac, otherMac] = isReply ? [1, host] : [host, 1];
    const [from, to] = isReply
      ? [batch.destination, batch.source]
      : [batch.source, batch.destination];
    const [fromPort, toPort] = isReply
      ? [batch.destinationPort, batch.sourcePort]
      : [batch.sourcePort, batch.destinationPort];
    batch.sourceMac[i] = MAC + mac;
    batch.destinationMac[i] = MAC + otherMac;
    from[4 * i] = NETWORK + host;
    to[4 * i] = 0xc6_33_64_01 + server;
    fromPort[i] = 40_000 + 8 * host + 2 * server + connection;
    toPort[i] = server === 0 ? 53 : 443;
  }
  batch.size = size;
  return batch;
}

/** Packets of one device in quick succession, each with an address and ports of its own. */
function flood(
  size: number,
  name: string,
  address: (batch: PacketBatch, i: number, random: Random) => void,
): PacketBatch {
  const random = new Random(1, name);
  const batch = new PacketBatch(size);
  let time = START;
  for (let i = 0; i < size; i++) {
    time += random.float() * 1e-4;
    batch.time[i] = time;
    batch.length[i] = 60;
    batch.protocol[i] = PROTOCOL.tcp;
    batch.family[i] = 4;
    batch.sourceMac[i] = MAC + 50;
    batch.destinationMac[i] = MAC + 1;
    address(batch, i, random);
  }
  batch.size = size;
  return batch;
}

/** Sources drawn at random, one target. */
function spoof(batch: PacketBatch, i: number, random: Random): void {
  batch.source[4 * i] = random.int(2 ** 32);
  batch.destination[4 * i] = 0xcb_00_71_05;
  batch.sourcePort[i] = random.int(2 ** 16);
  batch.destinationPort[i] = 80;
}

/** One source, targets drawn at random. */
function scan(batch: PacketBatch, i: number, random: Random): void {
  batch.source[4 * i] = NETWORK + 50;
  batch.destination[4 * i] = random.int(2 ** 32);
  batch.sourcePort[i] = 40_000 + random.int(20_000);
  batch.destinationPort[i] = 23;
}
