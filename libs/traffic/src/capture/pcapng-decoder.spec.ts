import { decode, FRAMES, PcapngBlocks } from './capture-bytes.fixture.spec';

const FRAME = FRAMES[0]![1];
const MICROS = 1_505_661_693_006_188n;
const TIME = 1505661693.006188;

describe.each([true, false])('pcapng, low byte first: %s', (little) => {
  const ng = new PcapngBlocks(little);
  const resolution = (value: number): Buffer => ng.option(9, Buffer.of(value));

  it('gives the packets of enhanced and of obsolete blocks', () => {
    const file = [
      ng.section(),
      ng.interface(),
      ng.packet(FRAME, MICROS),
      ng.obsoletePacket(FRAME, MICROS + 1n),
    ];
    const { packets, totals } = decode([Buffer.concat(file)]);
    expect(packets.map(({ time, length }) => [time, length])).toEqual([
      [TIME, 54],
      [1505661693.006189, 54],
    ]);
    expect(totals).toMatchObject({ format: 'pcapng', packets: 2, malformed: 0, damage: null });
  });

  it('keeps interfaces apart: link type, resolution and offset', () => {
    const name = ng.option(2, Buffer.from('eth0'));
    const offset = Buffer.alloc(8);
    if (little) offset.writeBigInt64LE(-7n);
    else offset.writeBigInt64BE(-7n);
    const file = [
      ng.section(),
      ng.interface(1, name, resolution(9)),
      ng.interface(113, resolution(0x80 | 20)),
      ng.interface(101, ng.option(14, offset)),
      ng.packet(FRAMES[8]![1], MICROS + 7_000_000n, 2),
      ng.packet(FRAME, MICROS * 1000n, 0),
      ng.packet(FRAMES[9]![1], (1_505_661_693n << 20n) + (1n << 19n), 1),
    ];
    const { packets } = decode([Buffer.concat(file)]);
    expect(packets.map(({ time, sourceMac, family }) => [time, sourceMac, family])).toEqual([
      [TIME, 0, 6],
      [TIME, 0x0200_0000_00a1, 4],
      [1505661693.5, 0x0200_0000_00a1, 4],
    ]);
  });

  it('starts anew with a section, in another byte order too', () => {
    const other = new PcapngBlocks(!little);
    const file = [
      ng.section(),
      ng.interface(1, resolution(9)),
      ng.packet(FRAME, MICROS * 1000n),
      other.section(),
      other.packet(FRAME, MICROS),
      other.interface(101),
      other.packet(FRAMES[8]![1], MICROS),
    ];
    const { packets, totals } = decode([Buffer.concat(file)]);
    expect(packets.map(({ time, family }) => [time, family])).toEqual([
      [TIME, 4],
      [TIME, 6],
    ]);
    expect(totals.reasons).toEqual({ 'of an interface that the file does not describe': 1 });
  });

  it('skips other blocks, and packets that have no time or no sense', () => {
    const file = [
      ng.section(),
      ng.interface(),
      ng.block(4, Buffer.alloc(64)),
      ng.block(0x80000bad, Buffer.alloc(0)),
      ng.simplePacket(FRAME),
      ng.packet(FRAME, MICROS, 0, 0xffff_ffff),
      ng.packet(FRAME, MICROS, 0, 57),
      ng.packet(FRAME, MICROS, 1),
      ng.packet(FRAME, MICROS),
      ng.block(5, Buffer.alloc(12)),
    ];
    const { packets, totals } = decode([Buffer.concat(file)]);
    expect(packets).toHaveLength(1);
    expect(totals.reasons).toEqual({
      'without a time': 1,
      'with a length that contradicts its record': 2,
      'of an interface that the file does not describe': 1,
    });
  });
});

it('leaves out the packets of a link type that cannot be read, and reads the others', () => {
  const ng = new PcapngBlocks();
  const file = [
    ng.section(),
    ng.interface(),
    ng.interface(227),
    ng.packet(FRAME, MICROS),
    ng.packet(Buffer.alloc(16), MICROS, 1),
    ng.obsoletePacket(Buffer.alloc(16), MICROS, 1),
    ng.packet(FRAME, MICROS + 1n),
  ];
  const { packets, totals } = decode([Buffer.concat(file)]);
  expect(packets.map(({ time }) => time)).toEqual([TIME, 1505661693.006189]);
  expect(totals).toMatchObject({ packets: 2, malformed: 2, damage: null });
  expect(totals.reasons).toEqual({ 'of link type CAN_SOCKETCAN (227)': 2 });
});

it('keeps what lies before damage, and says where that is', () => {
  const ng = new PcapngBlocks();
  const begin = [ng.section(), ng.interface(), ng.packet(FRAME, MICROS)];
  const place = Buffer.concat(begin).length;
  const broken = ng.packet(FRAME, MICROS);
  broken.writeUInt32LE(33, 4);
  const { packets, totals } = decode([Buffer.concat([...begin, broken, ...begin])]);
  expect(packets).toHaveLength(1);
  expect(totals).toMatchObject({
    bytes: place,
    damage: `x.pcap is damaged: the pcapng block at byte ${place} says that it is 33 bytes long, expected a multiple of 4 from 32 to 16777216`,
  });
});

it('reads blocks that public captures hold beside packets', () => {
  const ng = new PcapngBlocks();
  const text = ng.option(1, Buffer.from('comment'));
  const file = [
    ng.section(),
    ng.interface(1, ng.option(9, Buffer.of(0x80 | 30)), ng.option(2988, Buffer.alloc(5))),
    ng.block(4, ng.u16(1), ng.u16(5), Buffer.from('\n\0\0\x01a\0\0\0'), ng.u32(0)), // names
    ng.block(10, ng.u32(0x544c534b), ng.u32(3), Buffer.from('abc')), // secrets
    ng.block(9, Buffer.from('__REALTIME_TIMESTAMP=1\n')), // the journal of systemd
    ng.block(0x40000bad, ng.u32(32473)),
    ng.block(7),
    ng.block(6, ng.packet(FRAME, 1_505_661_693n << 30n).subarray(8, -4), text, ng.u32(0)),
    ng.block(5, ng.u32(0), Buffer.alloc(8), text, ng.u32(0)),
  ];
  const { packets, totals } = decode([Buffer.concat(file)]);
  expect(packets.map(({ time }) => time)).toEqual([1505661693]);
  expect(totals).toMatchObject({ malformed: 0, damage: null });
});

describe('refuses', () => {
  const ng = new PcapngBlocks();
  const begin = [ng.section(), ng.interface()];
  const damaged = '; the file is damaged there, capture or download it again.';
  const block = (type: number, length: number): Buffer =>
    Buffer.concat([ng.u32(type), ng.u32(length), Buffer.alloc(64)]);
  const section = ng.section();
  section.writeUInt32LE(0x01020304, 8);
  const packet = ng.packet(FRAME, MICROS);
  packet.writeUInt32LE(84, packet.length - 4);

  it.each([
    [
      'a length of 4 GB',
      [...begin, block(6, 0xffff_fffc)],
      'block at byte 48 says that it is 4294967292 bytes long, expected a multiple of 4 from 32 to 16777216',
    ],
    [
      'a length beyond the limit',
      [...begin, block(99, 16_777_220)],
      'block at byte 48 says that it is 16777220 bytes long, expected a multiple of 4 from 12 to 16777216',
    ],
    [
      'an odd length',
      [...begin, block(6, 33)],
      'block at byte 48 says that it is 33 bytes long, expected a multiple of 4 from 32 to 16777216',
    ],
    [
      'a length of 0',
      [...begin, block(99, 0)],
      'block at byte 48 says that it is 0 bytes long, expected a multiple of 4 from 12 to 16777216',
    ],
    [
      'a short packet block',
      [...begin, block(2, 28)],
      'block at byte 48 says that it is 28 bytes long, expected a multiple of 4 from 32 to 16777216',
    ],
    [
      'a short interface block',
      [ng.section(), block(1, 16)],
      'block at byte 28 says that it is 16 bytes long, expected a multiple of 4 from 20 to 16777216',
    ],
    ['two lengths', [...begin, packet], 'block at byte 48 ends with the length 84, expected 88'],
    [
      'no byte order',
      [section],
      'block at byte 0 has the byte order 04030201, expected 1a2b3c4d or 4d3c2b1a',
    ],
    ['a version to come', [ng.section(2)], 'block at byte 0 is of version 2, expected version 1'],
  ])('%s', (_, blocks, message) => {
    expect(() => decode([Buffer.concat(blocks)])).toThrow(
      `Cannot read x.pcap: the pcapng ${message}${damaged}`,
    );
  });

  it('an option that runs past its interface', () => {
    const option = ng.option(9, Buffer.of(9));
    option.writeUInt16LE(9, 2);
    expect(() => decode([ng.section(), ng.interface(1, option)])).toThrow(
      `Cannot read x.pcap: the pcapng block at byte 28 has an option 9, expected one that ends within it${damaged}`,
    );
  });

  it('link types that cannot be read, where no packet is of another', () => {
    const interfaces = [ng.section(), ng.interface(), ng.interface(189), ng.interface(227)];
    const file = [...interfaces, ng.packet(FRAME, MICROS, 1), ng.packet(FRAME, MICROS, 2)];
    expect(() => decode([Buffer.concat(file)])).toThrow(
      'Cannot read x.pcap: its packets are of link type USB_LINUX (189), CAN_SOCKETCAN (227), expected ',
    );
    expect(decode([Buffer.concat(interfaces)]).totals).toMatchObject({ packets: 0, reasons: {} });
  });

  it('interfaces without end', () => {
    const many = Array.from({ length: 65_537 }, () => ng.interface());
    expect(() => decode([Buffer.concat([ng.section(), ...many])])).toThrow(
      'describes one more interface, expected 65536 at most',
    );
  });
});
