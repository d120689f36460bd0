import fc from 'fast-check';
import { merge } from './merge';
import type { Host, Packet, Traffic } from './packet';

const host: Host = { mac: 1, address: [1] };

function packet(time: number, length: number): Packet {
  return {
    time,
    from: host,
    to: host,
    protocol: 4,
    sourcePort: 0,
    destinationPort: 0,
    length,
    tcpFlags: 0,
  };
}

function* source(times: readonly number[], name: number, end: number): Traffic {
  for (const time of times) yield packet(time, name);
  return end;
}

function merged(sources: readonly Traffic[]): [packets: Packet[], end: number] {
  const all = merge(sources);
  const packets: Packet[] = [];
  for (;;) {
    const { done, value } = all.next();
    if (done === true) return [packets, value];
    packets.push(value);
  }
}

describe('merge', () => {
  it('is a sort of all packets, stable in the order of the sources', () => {
    const times = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(times, { maxLength: 6 }), (lists) => {
        const sorted = lists.map((list) => list.sort((a, b) => a - b));
        const [packets] = merged(sorted.map((list, i) => source(list, i, 0)));
        const expected = sorted
          .flatMap((list, i) => list.map((time) => ({ time, i })))
          .sort((a, b) => a.time - b.time || a.i - b.i);
        expect(packets.map(({ time, length }) => ({ time, i: length }))).toEqual(expected);
      }),
    );
  });
  it('ends when the last of its sources does', () => {
    expect(merged([source([1, 5], 0, 5.5), source([2], 1, 9), source([], 2, 3)])[1]).toBe(9);
  });
  it('asks a source for no more than its next packet', () => {
    let asked = 0;
    function* endless(): Traffic {
      for (;;) yield packet(asked++, 0);
    }
    const all = merge([endless()]);
    for (let i = 0; i < 5; i++) all.next();
    expect(asked).toBe(5);
  });
});
