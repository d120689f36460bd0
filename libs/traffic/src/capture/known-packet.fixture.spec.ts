import { PROTOCOL } from '../packet-batch';
import type { Row } from './capture-bytes.fixture.spec';

/** A packet as packets.csv of TRAFFIC_VECTORS tells of it: all but the TCP flags. */
export type KnownPacket = Omit<Row, 'tcpFlags'>;

/** The packets of the text of a packets.csv. */
export function knownPackets(text: string): KnownPacket[] {
  return text.trim().split(/\r?\n/).slice(1).map(parse);
}

function words(address: string): number[] {
  if (!address.includes(':')) {
    const bytes = address.split('.').map(Number);
    return [bytes.reduce((sum, byte) => sum * 256 + byte, 0), 0, 0, 0];
  }
  const [head = [], tail = []] = address.split('::').map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) => parseInt(group, 16)),
  );
  const middle = new Array<number>(8 - head.length - tail.length).fill(0);
  const groups = [...head, ...middle, ...tail];
  return [0, 2, 4, 6].map((i) => (groups[i] ?? 0) * 65536 + (groups[i + 1] ?? 0));
}

function parse(line: string): KnownPacket {
  const cells = line.split(',');
  const [time = '', sourceMac = '', destinationMac = '', source = '', destination = ''] = cells;
  const mac = (text: string): number => parseInt(text.replaceAll(':', ''), 16);
  return {
    time: Number(time),
    length: Number(cells[8]),
    sourceMac: mac(sourceMac),
    destinationMac: mac(destinationMac),
    protocol: PROTOCOL[cells[7] as keyof typeof PROTOCOL],
    family: source.includes(':') ? 6 : 4,
    sourcePort: Number(cells[5]),
    destinationPort: Number(cells[6]),
    source: words(source),
    destination: words(destination),
  };
}
