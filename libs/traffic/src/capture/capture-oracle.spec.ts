import fs from 'node:fs';
import path from 'node:path';
import { skipIf } from '../../../../tools/testing/skip-if';
import { row } from './capture-bytes.fixture.spec';
import { readCapture } from './capture-file';
import { PROTOCOL } from '../packet-batch';
import { type KnownPacket, knownPackets } from './known-packet.fixture.spec';

const folder = process.env['TRAFFIC_VECTORS'];
const missing =
  folder === undefined
    ? 'no packets whose features are known: set TRAFFIC_VECTORS to the folder of oracle/ and real5/'
    : undefined;

skipIf(missing).describe('with the captures in TRAFFIC_VECTORS', () => {
  const oracle = path.join(folder ?? '', 'oracle');
  it.each(['packets.pcap.gz', 'packets.pcapng.gz', 'packets_snap96.pcap.gz'])(
    'reads every packet of %s, its time to the last bit',
    async (name) => {
      const text = fs.readFileSync(path.join(oracle, 'packets.csv'), 'utf8');
      const expected = knownPackets(text);
      const found: KnownPacket[] = [];
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
      expect(totals).toMatchObject({ malformed: 0, damage: null });
      expect([...flags]).toEqual([0x18]);
    },
  );
});
