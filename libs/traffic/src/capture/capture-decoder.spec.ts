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
      const { damage } = totals;
      if (damage !== null) expect(damage).toContain(`x.pcap ends at byte ${end}, within `);
    }
  });
});

it('says where a capture that is cut short ends', () => {
  const file = pcap([{ frame: FRAME }, { frame: FRAME }]);
  expect(decode([file.subarray(0, 100)]).totals).toMatchObject({
    packets: 1,
    damage: 'x.pcap ends at byte 100, within packet 2 that begins at byte 94',
  });
  expect(decode([file.subarray(0, 94)]).totals.damage).toBeNull();
  const block = Buffer.concat([ng.section(), ng.interface()]).subarray(0, 40);
  expect(decode([block]).totals.damage).toBe(
    'x.pcap ends at byte 40, within the block that begins at byte 28',
  );
});

const VARIANT = 'is pcap in a variant of its own, convert it with "editcap -F pcap".';
it.each([
  ['text', 'MI_dir_L5_weight,MI', 'is something else; name another file.'],
  ['zstd', hex('28b52ffd 00'), 'is compressed with zstd, decompress it first.'],
  ['Kuznetzov, low byte first', hex('34cdb2a1 02000400'), VARIANT],
  ['Kuznetzov, high byte first', hex('a1b2cd34 00020004'), VARIANT],
  ['zip', 'PK\x03\x04 ', 'is a zip file, extract it first.'],
  ['snoop', 'snoop\0\0\0', 'is a snoop capture, convert it with "editcap -F pcap".'],
  ['zeros', Buffer.alloc(4), 'is something else; name another file.'],
])('refuses %s', (_, content, what) => {
  expect(() => decode([Buffer.from(content)])).toThrow(
    `Cannot read x.pcap: expected a capture (pcap or pcapng), but it ${what}`,
  );
});

describe('records that hold no packet are counted, however many', () => {
  const MANY = 300_000;
  it('in pcap, whose packets around them are read', () => {
    const empty = pcap([{ frame: Buffer.alloc(0) }]).subarray(24);
    const good = pcap([{ frame: FRAME }]);
    const { packets, totals } = decode([
      good,
      Buffer.alloc(empty.length * MANY, empty),
      good.subarray(24),
    ]);
    expect(packets).toHaveLength(2);
    expect(totals.reasons).toEqual({ 'cut within its link header': MANY });
  });
  it('in pcapng, of whatever type', () => {
    const blocks = Buffer.alloc(12 * MANY, ng.block(0x0bad));
    const { packets, totals } = decode([
      ng.section(),
      blocks,
      ng.interface(),
      blocks,
      ng.packet(FRAME, 5n),
    ]);
    expect(packets).toHaveLength(1);
    expect(totals).toMatchObject({ malformed: 0, damage: null });
  });
});

describe('recordings one after another, as cat makes them', () => {
  const [raw, rawFrame] = FRAMES.find(([linkType]) => linkType === 101)!;
  const parts: readonly (readonly [name: string, file: Buffer])[] = [
    ['pcap', pcap([{ frame: FRAME }, { frame: FRAME, seconds: 7 }])],
    ['pcap, high byte first', pcap([{ frame: FRAME, seconds: 8 }], { little: false })],
    [
      'pcap in ns of raw IP',
      pcap([{ frame: rawFrame, seconds: 9 }], { nano: true, linkType: raw }),
    ],
    ['pcap without packets', pcap([])],
    ['pcapng', Buffer.concat([ng.section(), ng.interface(), ng.packet(FRAME, 10_000_000n)])],
    [
      'pcapng, high byte first',
      ((be) => Buffer.concat([be.section(), be.interface(), be.packet(FRAME, 11_000_000n)]))(
        new PcapngBlocks(false),
      ),
    ],
  ];
  it.each(parts.flatMap(([a, one]) => parts.map(([b, two]) => [a, b, one, two] as const)))(
    '%s, then %s',
    (_, __, one, two) => {
      const file = Buffer.concat([one, two, one]);
      const expected = [one, two, one].flatMap((part) => decode([part]).packets);
      const { packets, totals } = decode([file]);
      expect(packets).toEqual(expected);
      expect(totals).toMatchObject({ malformed: 0, damage: null, bytes: file.length });
      const places = Array.from({ length: file.length - 1 }, (_byte, i) => i + 1);
      expect(decode(cut(file, places))).toEqual({ packets, totals });
    },
  );
  it('cut within the header of the second', () => {
    const one = parts[0]![1];
    const { packets, totals } = decode([Buffer.concat([one, one.subarray(0, 20)])]);
    expect(packets).toHaveLength(2);
    expect(totals.damage).toBe(
      `x.pcap ends at byte ${one.length + 20}, within the header of a recording that begins at byte ${one.length}`,
    );
  });
  it('the second of a link type that cannot be read', () => {
    const can = pcap([{ frame: FRAME }, { frame: FRAME }], { linkType: 227 });
    const { packets, totals } = decode([Buffer.concat([parts[0]![1], can, parts[0]![1]])]);
    expect(packets).toHaveLength(4);
    expect(totals.reasons).toEqual({ 'of link type CAN_SOCKETCAN (227)': 2 });
  });
});

describe('damage behind the first packet', () => {
  const damaged = pcap([{ frame: FRAME }, { frame: FRAME, captured: 2 ** 31 }, { frame: FRAME }]);
  it('ends the reading, in pieces of any size', () => {
    const whole = decode([damaged]);
    expect(whole.packets).toHaveLength(1);
    expect(whole.totals.damage).toMatch(/^x\.pcap is damaged: packet 2, at byte 94, says /);
    for (let size = 1; size < damaged.length; size++) {
      const places = Array.from({ length: Math.floor(damaged.length / size) }, (_, i) => i * size);
      expect(decode(cut(damaged, places))).toEqual(whole);
    }
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
