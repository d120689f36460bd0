import fs from 'node:fs';
import path from 'node:path';
import { row, type Row } from './capture-bytes.fixture.spec';
import { readCapture } from './capture-file';
import { PROTOCOL } from '../packet-batch';

const folder = process.env['TRAFFIC_VECTORS'];
if (folder === undefined) {
  process.stderr.write(
    'Tests with captures of known packets skipped: set TRAFFIC_VECTORS to their folder.\n',
  );
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

/** A line of packets.csv; it does not tell the TCP flags. */
function parse(line: string): Omit<Row, 'tcpFlags'> {
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

(folder === undefined ? describe.skip : describe)('with the captures in TRAFFIC_VECTORS', () => {
  const oracle = path.join(folder ?? '', 'oracle');
  it.each(['packets.pcap.gz', 'packets.pcapng.gz', 'packets_snap96.pcap.gz'])(
    'reads every packet of %s, its time to the last bit',
    async (name) => {
      const text = fs.readFileSync(path.join(oracle, 'packets.csv'), 'utf8');
      const expected = text.trim().split(/\r?\n/).slice(1).map(parse);
      const found: Omit<Row, 'tcpFlags'>[] = [];
      const flags = new Set<number>();
      const totals = await readCapture(path.join(oracle, name), {
        onBatch: (batch) => {
          for (let i = 0; i < batch.size; i++) {
            const { tcpFlags, ...packet } = row(batch, i);
            if (packet.protocol === PROTOCOL.tcp) flags.add(tcpFlags);
            else expect(tcpFlags).toBe(0);
            found.push(packet);
          }
        },
      });
      expect(found).toHaveLength(3116);
      expect(found).toEqual(expected);
      expect(totals).toMatchObject({ malformed: 0, truncated: null });
      expect([...flags]).toEqual([0x18]);
    },
  );
});
