import { PacketBatch } from '../packet-batch';
import { SenderCensus } from './sender-census';

function census(macs: readonly number[]): string {
  const batch = new PacketBatch(macs.length);
  batch.sourceMac.set(macs);
  const senders = new SenderCensus();
  macs.forEach((_, i) => senders.add(batch, i));
  return senders.most();
}

it('names the five that sent the most', () => {
  expect(census([0, 0])).toBe('');
  expect(census([1, 2, 2, 0])).toBe('00:00:00:00:00:02 (2 packets), 00:00:00:00:00:01 (1 packet)');
  const many = Array.from({ length: 6 }, (_, i) => new Array<number>(i + 1).fill(i + 1)).flat();
  expect(census(many).match(/:0\d \(/g)).toEqual([':06 (', ':05 (', ':04 (', ':03 (', ':02 (']);
});

it('does not grow with forged addresses', () => {
  const forged = Array.from({ length: 65_536 }, (_, i) => i + 100);
  expect(census([...forged, 7, 7, 7, 100])).toMatch(/^00:00:00:00:00:64 \(2 packets\)/);
});
