import fc from 'fast-check';
import { decode, FRAMES, hex, pcap, PcapngBlocks } from './capture-bytes.fixture.spec';
import { CaptureDecoder } from './capture-decoder';
import { PacketBatch } from '../packet-batch';

const FRAME = FRAMES[0]![1];
const ng = new PcapngBlocks();
const ethernet = FRAMES.filter(([linkType]) => linkType === 1);

/** A few packets in both formats, one malformed among them. */
const files: readonly (readonly [name: string, file: Buffer])[] = [
  ['pcap', pcap([...ethernet.map(([, frame]) => ({ frame })), { frame: FRAME.subarray(0, 20) }])],
  [
    'pcapng',
    Buffer.concat([
      ng.section(),
      ...FRAMES.map(([linkType]) => ng.interface(linkType, ng.option(9, Buffer.of(9)))),
      ...FRAMES.map(([, frame], i) => ng.packet(frame, BigInt(i) * 1_000_000n, i)),
      ng.simplePacket(FRAME),
    ]),
  ],
];

function cut(file: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places].sort((a, b) => a - b);
  return [...ends, file.length].map((end, i) => file.subarray(ends[i - 1] ?? 0, end));
}

describe.each(files)('%s in pieces', (_, file) => {
  const whole = decode([file]);
  it('of one byte', () => {
    expect(whole.packets.length).toBeGreaterThan(5);
    const bytes = cut(
      file,
      Array.from({ length: file.length - 1 }, (_, i) => i + 1),
    );
    expect(decode(bytes)).toEqual(whole);
  });
  it('of any size, into batches of any size', () => {
    const places = fc.array(fc.nat(file.length), { maxLength: 12 });
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 9 }), (at, capacity) => {
        expect(decode(cut(file, at), capacity)).toEqual(whole);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
  it('is cut short anywhere: all before it counts', () => {
    const header = whole.totals.format === 'pcap' ? 24 : 28;
    for (let end = 0; end < file.length; end++) {
      const part = file.subarray(0, end);
      if (end < header) {
        const what = end === 0 ? 'there is nothing in it' : `it ends after ${end} bytes`;
        expect(() => decode([part])).toThrow(
          `Cannot read x.pcap: ${what}, expected a capture (pcap or pcapng); capture or download it again.`,
        );
        continue;
      }
      const { packets, totals } = decode([part]);
      expect(packets).toEqual(whole.packets.slice(0, packets.length));
      expect(totals.bytes).toBe(end);
      const { truncated } = totals;
      if (truncated !== null) expect(truncated).toContain(`x.pcap ends at byte ${end}, within `);
    }
  });
});

it('says where a capture that is cut short ends', () => {
  const file = pcap([{ frame: FRAME }, { frame: FRAME }]);
  expect(decode([file.subarray(0, 100)]).totals).toMatchObject({
    packets: 1,
    truncated:
      'x.pcap ends at byte 100, within packet 2 that begins at byte 94; all before it was read.',
  });
  expect(decode([file.subarray(0, 94)]).totals.truncated).toBeNull();
  const block = Buffer.concat([ng.section(), ng.interface()]).subarray(0, 40);
  expect(decode([block]).totals.truncated).toBe(
    'x.pcap ends at byte 40, within the block that begins at byte 28; all before it was read.',
  );
});

it.each([
  ['text', 'MI_dir_L5_weight,MI', 'is something else; name another file.'],
  ['zstd', hex('28b52ffd 00'), 'is compressed with zstd, decompress it first.'],
  ['zip', 'PK\x03\x04 ', 'is a zip file, extract it first.'],
  ['snoop', 'snoop\0\0\0', 'is a snoop capture, convert it with "editcap -F pcap".'],
  ['zeros', Buffer.alloc(4), 'is something else; name another file.'],
])('refuses %s', (_, content, what) => {
  expect(() => decode([Buffer.from(content)])).toThrow(
    `Cannot read x.pcap: expected a capture (pcap or pcapng), but it ${what}`,
  );
});

describe('records that hold no packet', () => {
  const from = (byte: number): string =>
    `Cannot read x.pcap: 100000 records in a row hold no packet, from byte ${byte} on, expected a capture; the file is damaged there, capture or download it again.`;
  it('are refused once they are many in a row: zeros without end', () => {
    const decoder = new CaptureDecoder({ name: 'x.pcap' });
    decoder.push(pcap([{ frame: FRAME }]));
    let pushed = 0;
    const push = (): void => {
      for (; pushed < 1e9; pushed += 1 << 16) decoder.push(new Uint8Array(1 << 16));
    };
    expect(push).toThrow(from(94));
    expect(pushed).toBeLessThan(1_700_000);
  });
  it('are refused in pcapng, of whatever type', () => {
    const blocks = Buffer.alloc(12 * 100_001, ng.block(0x0bad));
    expect(() => decode([ng.section(), blocks])).toThrow(from(0));
  });
  it('are only counted where packets lie between them', () => {
    const empty = { frame: Buffer.alloc(0) };
    const some = Array.from({ length: 60_000 }, () => empty);
    const { totals } = decode([pcap([...some, { frame: FRAME }, ...some])]);
    expect(totals).toMatchObject({ packets: 1, malformed: 120_000 });
  });
});

it('hands over what is whole with every piece, and full batches in between', () => {
  const sizes: number[] = [];
  const batch = new PacketBatch(3);
  const onBatch = ({ size }: PacketBatch): void => void sizes.push(size);
  const decoder = new CaptureDecoder({ name: 'x', batch, onBatch });
  const file = pcap(Array.from({ length: 8 }, () => ({ frame: FRAME })));
  decoder.push(file.subarray(0, 24 + 70 + 69));
  expect(sizes).toEqual([1]);
  decoder.push(file.subarray(24 + 70 + 69));
  expect(sizes).toEqual([1, 3, 3, 1]);
  decoder.push(Buffer.alloc(0));
  decoder.end();
  expect(sizes).toEqual([1, 3, 3, 1]);
});
