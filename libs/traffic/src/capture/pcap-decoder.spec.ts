import { decode, FRAMES, pcap } from './capture-bytes.fixture.spec';

const FRAME = FRAMES[0]![1];

describe.each([true, false])('pcap, low byte first: %s', (little) => {
  it('gives every packet with its time and its length on the wire', () => {
    const records = [
      { frame: FRAME, seconds: 1_505_661_693, ticks: 6_188 },
      { frame: FRAME.subarray(0, 40), seconds: 4_294_967_295, ticks: 999_999, length: 1500 },
      { frame: FRAME, seconds: 0, ticks: 1 },
    ];
    const { packets, totals } = decode([pcap(records, { little })]);
    expect(packets.map(({ time, length, sourcePort }) => [time, length, sourcePort])).toEqual([
      [1505661693.006188, 54, 40000],
      [4294967295.999999, 1500, 40000],
      [0.000001, 54, 40000],
    ]);
    expect(totals).toEqual({
      format: 'pcap',
      packets: 3,
      malformed: 0,
      reasons: {},
      bytes: 24 + 3 * 16 + 2 * 54 + 40,
      damage: null,
    });
  });

  it('knows nanoseconds', () => {
    const records = [6_188_000, 6_188_001].map((ticks) => ({ frame: FRAME, ticks }));
    const { packets } = decode([pcap(records, { little, nano: true })]);
    expect(packets.map(({ time }) => time)).toEqual([1505661693.006188, 1505661693.006188001]);
  });

  it('knows the link type beside the length of checksums', () => {
    const [linkType, frame] = FRAMES[9]!;
    const file = pcap([{ frame }], { little, linkType: linkType + 0x3400_0000 });
    expect(decode([file]).packets[0]?.sourcePort).toBe(5353);
  });
});

it('leaves out what is malformed, and counts it', () => {
  const records = [
    { frame: FRAME },
    { frame: FRAME.subarray(0, 36) },
    { frame: FRAME, length: 53 },
    { frame: FRAME.subarray(0, 0) },
    { frame: FRAME.subarray(0, 37) },
    { frame: FRAME, ticks: 5 },
  ];
  const { packets, totals } = decode([pcap(records)]);
  expect(packets.map(({ time }) => time)).toEqual([1505661693, 1505661693.000005]);
  expect(totals).toMatchObject({ packets: 2, malformed: 4 });
  expect(totals.reasons).toEqual({
    'cut before its ports': 2,
    'with a length that contradicts its record': 1,
    'cut within its link header': 1,
  });
});

it('takes the longest packet, and stops at a longer one without room for it', () => {
  const longest = Buffer.concat([FRAME, Buffer.alloc(262_144 - FRAME.length)]);
  expect(decode([pcap([{ frame: longest }])]).packets).toHaveLength(1);
  const before = process.memoryUsage().arrayBuffers;
  for (const captured of [262_145, 0xffff_ffff]) {
    const { packets, totals } = decode([
      pcap([{ frame: FRAME }, { frame: FRAME, captured }, { frame: FRAME }]),
    ]);
    expect(packets).toHaveLength(1);
    expect(totals).toMatchObject({
      packets: 1,
      malformed: 0,
      bytes: 94,
      damage: `x.pcap is damaged: packet 2, at byte 94, says that ${captured} bytes of it were captured, expected 262144 at most`,
    });
    expect(() => decode([pcap([{ frame: FRAME, captured }])])).toThrow(
      `Cannot read x.pcap: packet 1, at byte 24, says that ${captured} bytes of it were captured, expected 262144 at most; the file is damaged there, capture or download it again.`,
    );
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20);
});

it('takes a packet for one whose time looks like the magic number of a file', () => {
  const records = [0xa1b2c3d4, 0x0a0d0d0a].map((seconds) => ({
    frame: FRAME,
    seconds,
    ticks: 0x0004_0002,
  }));
  expect(decode([pcap(records)]).packets.map(({ time }) => Math.floor(time))).toEqual([
    0xa1b2c3d4, 0x0a0d0d0a,
  ]);
});

it('refuses another version', () => {
  const file = pcap([]);
  file.writeUInt16LE(3, 6);
  expect(() => decode([file])).toThrow(
    'Cannot read x.pcap: it is pcap of version 2.3, expected 2.4; convert it with "editcap -F pcap".',
  );
});

it.each([
  [195, 'IEEE802_15_4_WITHFCS (195)'],
  [227, 'CAN_SOCKETCAN (227)'],
  [150, 'USER3 (150)'],
  [9999, '9999'],
])('refuses link type %d by name, before its first packet', (linkType, name) => {
  expect(() => decode([pcap([], { linkType })])).toThrow(
    `Cannot read x.pcap: its packets are of link type ${name}, expected `,
  );
});
