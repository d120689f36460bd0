import fc from 'fast-check';
import {
  ethernet,
  FRAMES,
  hex,
  ICMP,
  ipv4,
  ipv6,
  row,
  TCP,
  UDP,
} from './capture-bytes.fixture.spec';
import { ENCAPSULATIONS } from './encapsulation';
import { decodeFrame } from './frame';
import { FAULT_TEXTS } from './frame-fault';
import { isReadable } from './link-header';
import { PacketBatch, PROTOCOL } from '../packet-batch';
import { CONTRADICTORY, LINKED, NAMELESS, WITHOUT_IP, WRAPPED } from './wrapped-frame.fixture.spec';

const A = 0x0200_0000_00a1;
const B = 0x0200_0000_00b1;
const IPV4 = { family: 4, source: [0x0a000001, 0, 0, 0], destination: [0x0a000002, 0, 0, 0] };
const IPV6 = {
  family: 6,
  source: [0x20010db8, 0, 0, 1],
  destination: [0x20010db8, 0, 0, 2],
};
const TCP_PORTS = { protocol: PROTOCOL.tcp, sourcePort: 40000, destinationPort: 23, tcpFlags: 2 };
const UDP_PORTS = { protocol: PROTOCOL.udp, sourcePort: 5353, destinationPort: 53, tcpFlags: 0 };
const NO_PORTS = { sourcePort: 0, destinationPort: 0, tcpFlags: 0 };
const NONE = {
  ...NO_PORTS,
  protocol: PROTOCOL.none,
  family: 0,
  source: [0, 0, 0, 0],
  destination: [0, 0, 0, 0],
};
const OTHER = { ...NO_PORTS, protocol: PROTOCOL.other };

/** A batch whose rows all hold something, so that what is not written shows. */
function dirtyBatch(): PacketBatch {
  const batch = new PacketBatch(3);
  for (const values of Object.values(batch)) if (ArrayBuffer.isView(values)) fill(values, 99);
  return batch;
}

function fill(values: ArrayBufferView, value: number): void {
  (values as Uint8Array).fill(value);
}

/** The row, or the words of the fault, of a frame of which `captured` bytes are there. */
function decoded(linkType: number, frame: Buffer, captured = frame.length): unknown {
  const batch = dirtyBatch();
  // Bytes around the frame that would be taken for a good one if they were read.
  const bytes = Buffer.concat([frame, frame, frame]);
  const fault = decodeFrame(linkType, bytes, frame.length, captured, batch, 1);
  return fault === 0 ? row(batch, 1) : FAULT_TEXTS[fault];
}

describe('Ethernet', () => {
  it.each([
    ['TCP', `0800 ${ipv4(6, TCP)}`, { ...IPV4, ...TCP_PORTS }],
    ['UDP behind IP options', `0800 ${ipv4(17, UDP, '94040000')}`, { ...IPV4, ...UDP_PORTS }],
    ['a VLAN tag', `8100 0064 0800 ${ipv4(6, TCP)}`, { ...IPV4, ...TCP_PORTS }],
    ['version 6 under the type of IPv4', `0800 ${ipv6(17, UDP)}`, { ...IPV6, ...UDP_PORTS }],
    [
      'three VLAN tags',
      `88a8 0001 9100 0002 8100 0003 86dd ${ipv6(17, UDP)}`,
      { ...IPV6, ...UDP_PORTS },
    ],
    ['ICMP that quotes TCP', `0800 ${ipv4(1, ICMP)}`, { ...IPV4, ...NO_PORTS, protocol: 2 }],
    ['IGMP', `0800 ${ipv4(2, '1600 0000 e0000001')}`, { ...IPV4, ...OTHER }],
    ['IP in IP', `0800 ${ipv4(4, ipv4(6, TCP))}`, { ...IPV4, ...OTHER }],
    ['IPv6 in IPv4', `0800 ${ipv4(41, ipv6(6, TCP))}`, { ...IPV4, ...OTHER }],
    ['ICMPv6', `86dd ${ipv6(58, '8000 0000')}`, { ...IPV6, ...OTHER }],
    ['ICMP over IPv6', `86dd ${ipv6(1, '0800 0000')}`, { ...IPV6, ...OTHER }],
    ['nothing behind IPv6', `86dd ${ipv6(59, '')}`, { ...IPV6, ...OTHER }],
    ['LLDP', '88cc 0207 0400', NONE],
    ['EAPOL', '888e 0100', NONE],
    ['a type and no more', '88cc', NONE],
  ])('%s', (_, rest, expected) => {
    const macs = { sourceMac: A, destinationMac: B };
    expect(decoded(1, ethernet(rest))).toMatchObject({ ...macs, ...expected });
  });

  it('reads all 48 bits of an address', () => {
    const frame = hex('ffffffffffff fedcba987654 88cc');
    const macs = { destinationMac: 2 ** 48 - 1, sourceMac: 0xfedcba987654 };
    expect(decoded(1, frame)).toMatchObject(macs);
  });
});

describe('ARP', () => {
  const question = '0001 0800 0604 0001 0200000000a1 0a000001 000000000000 0a000002';
  it('gives its protocol addresses', () => {
    const expected = { ...IPV4, ...NO_PORTS, protocol: PROTOCOL.arp, sourceMac: A };
    expect(decoded(1, ethernet(`0806 ${question}`))).toMatchObject(expected);
  });
  it.each(['0001 86dd 0610 0001', '0001 0800 0804 0001', '0001 0800 0600 0001'])(
    'of other addresses is no IP at all: %s',
    (start) => {
      expect(decoded(1, ethernet(`0806 ${start} ${'00'.repeat(32)}`))).toMatchObject(NONE);
    },
  );
});

describe('fragments', () => {
  it.each([
    ['the first of IPv4', `0800 ${ipv4(17, UDP, '', '2000')}`, { ...IPV4, ...UDP_PORTS }],
    ['a later one of IPv4', `0800 ${ipv4(17, UDP, '', '2001')}`, { ...IPV4, ...OTHER }],
    ['the last of IPv4', `0800 ${ipv4(1, UDP, '', '1fff')}`, { ...IPV4, ...OTHER }],
    [
      'the first of IPv6',
      `86dd ${ipv6(44, `0600 0001 00000001 ${TCP}`)}`,
      { ...IPV6, ...TCP_PORTS },
    ],
    ['a later one of IPv6', `86dd ${ipv6(44, `0600 0008 00000001 ${TCP}`)}`, { ...IPV6, ...OTHER }],
  ])('%s', (_, rest, expected) => {
    expect(decoded(1, ethernet(rest))).toMatchObject(expected);
  });
});

describe('IPv6 extension headers', () => {
  const padding = '00'.repeat(6);
  it.each([
    ['hop-by-hop', 0, `0600 ${padding} ${TCP}`],
    ['a long routing header', 43, `0602 ${padding} ${'00'.repeat(16)} ${TCP}`],
    ['destination options', 60, `0600 ${padding} ${TCP}`],
    ['authentication', 51, `0604 ${'00'.repeat(22)} ${TCP}`],
    [
      'all of them',
      0,
      `2b00 ${padding} 3c00 ${padding} 2c00 ${padding} 3304 0000 00000000 0604 ${'00'.repeat(22)} ${TCP}`,
    ],
  ])('%s', (_, next, payload) => {
    expect(decoded(229, hex(ipv6(next, payload)))).toMatchObject({ ...IPV6, ...TCP_PORTS });
  });
  it('are followed 16 times and no more', () => {
    const chain = (length: number): Buffer =>
      hex(ipv6(60, `${`3c00 ${padding}`.repeat(length - 1)} 0600 ${padding} ${TCP}`));
    expect(decoded(229, chain(16))).toMatchObject(TCP_PORTS);
    expect(decoded(229, chain(17))).toBe('with more than 16 headers, one within another');
  });
});

describe('other links', () => {
  it.each([
    [12, ipv4(6, TCP), { ...IPV4, ...TCP_PORTS }],
    [14, ipv6(6, TCP), { ...IPV6, ...TCP_PORTS }],
    [101, ipv4(17, UDP), { ...IPV4, ...UDP_PORTS }],
    [101, ipv6(17, UDP), { ...IPV6, ...UDP_PORTS }],
    [228, ipv4(6, TCP), { ...IPV4, ...TCP_PORTS }],
    [229, ipv6(6, TCP), { ...IPV6, ...TCP_PORTS }],
  ])('raw IP (%d) has no MAC addresses', (linkType, frame, expected) => {
    const macs = { sourceMac: 0, destinationMac: 0 };
    expect(decoded(linkType, hex(frame))).toMatchObject({ ...macs, ...expected });
  });
  it.each([
    [113, `0004 0001 0006 0200000000a1 0000 0800 ${ipv4(6, TCP)}`, A],
    [113, `0004 0304 0000 0000000000000000 8100 0001 0800 ${ipv4(6, TCP)}`, 0],
    [113, `0004 0020 0008 0200000000a10000 0800 ${ipv4(6, TCP)}`, 0],
    [276, `0800 0000 00000002 0001 04 06 0200000000a1 0000 ${ipv4(6, TCP)}`, A],
    [276, `0800 0000 00000002 0304 04 00 0000000000000000 ${ipv4(6, TCP)}`, 0],
  ])('Linux cooked (%d) has the source where it is of six bytes', (linkType, frame, sourceMac) => {
    const expected = { ...IPV4, ...TCP_PORTS, sourceMac, destinationMac: 0 };
    expect(decoded(linkType, hex(frame))).toMatchObject(expected);
  });
});

describe('what is malformed', () => {
  it.each([
    ['version 4 as IPv6', 1, ethernet(`86dd ${ipv4(6, TCP)}`)],
    ['version 5', 101, hex(`55${'00'.repeat(60)}`)],
    ['a header of 16 bytes', 228, hex(`44${ipv4(6, TCP).slice(2)}`)],
    ['a length below its header', 228, hex(`4500 0013 ${ipv4(6, TCP).slice(10)}`)],
  ])('%s', (_, linkType, frame) => {
    expect(decoded(linkType, frame)).toBe('with an IP header that contradicts itself');
  });
  it('takes an IP length of 0, which offload leaves', () => {
    expect(decoded(228, hex(`4500 0000 ${ipv4(6, TCP).slice(10)}`))).toMatchObject(TCP_PORTS);
    expect(decoded(229, hex(`60000000 0000 ${ipv6(6, TCP).slice(14)}`))).toMatchObject(TCP_PORTS);
  });
  it('takes no padding for TCP flags', () => {
    const frame = hex(`4500 0020 ${ipv4(6, TCP).slice(10)}`);
    expect(decoded(228, frame)).toMatchObject({ ...TCP_PORTS, tcpFlags: 0 });
  });
});

describe('a frame cut short', () => {
  const link = 'cut within its link header';
  const addresses = 'cut before the end of its IP addresses';
  const ports = 'cut before its ports';
  const good = 'good';
  it.each([
    ['TCP', 1, ethernet(`0800 ${ipv4(6, TCP)}`), { 0: link, 14: addresses, 34: ports, 38: good }],
    ['ICMP', 1, ethernet(`0800 ${ipv4(1, ICMP)}`), { 0: link, 14: addresses, 34: good }],
    ['options', 228, hex(ipv4(17, UDP, '01010101')), { 0: addresses, 20: ports, 28: good }],
    ['a VLAN tag', 1, ethernet(`8100 0001 88cc`), { 0: link, 18: good }],
    ['IPv6', 229, hex(ipv6(17, UDP)), { 0: addresses, 40: ports, 44: good }],
    [
      'an extension',
      229,
      hex(ipv6(60, `3a00 ${'00'.repeat(6)}`)),
      { 0: addresses, 40: ports, 48: good },
    ],
    ['SLL', 113, FRAMES[9]![1], { 0: link, 16: addresses, 36: ports, 40: good }],
    ['SLL2', 276, FRAMES[12]![1], { 0: link, 20: addresses, 60: good }],
    ['ARP', 1, FRAMES[3]![1], { 0: link, 14: 'cut before the end of its ARP addresses', 42: good }],
  ])(
    '%s is good once what is needed is there',
    (_, linkType, frame, steps: Record<number, string>) => {
      let expected = '';
      for (let captured = 0; captured <= frame.length; captured++) {
        expected = steps[captured] ?? expected;
        const result = decoded(linkType, frame, captured);
        expect([captured, typeof result === 'string' ? result : good]).toEqual([
          captured,
          expected,
        ]);
      }
    },
  );
  it('has TCP flags once they are there', () => {
    const frame = hex(ipv4(6, TCP));
    expect(decoded(228, frame, 33)).toMatchObject({ ...TCP_PORTS, tcpFlags: 0 });
    expect(decoded(228, frame, 34)).toMatchObject(TCP_PORTS);
  });
});

describe('a packet that ends before its ports has none, whatever pads it', () => {
  const padding = TCP;
  it.each([
    ['TCP without a header', `0800 4500 0014 ${ipv4(6, padding).slice(10)}`, IPV4],
    ['half of UDP', `0800 4500 0017 ${ipv4(17, padding).slice(10)}`, IPV4],
    [
      'a first fragment of two bytes',
      `0800 4500 0016 ${ipv4(6, padding, '', '2000').slice(10)}`,
      IPV4,
    ],
    ['half of TCP over IPv6', `86dd 60000000 0003 ${ipv6(6, padding).slice(14)}`, IPV6],
    ['half an extension of IPv6', `86dd ${ipv6(60, '0600 0000')}`, IPV6],
    ['a protocol unheard of', `0800 ${ipv4(253, '')}`, IPV4],
  ])('%s', (_, rest, addresses) => {
    expect(decoded(1, ethernet(rest))).toMatchObject({ ...addresses, ...OTHER });
  });
});

describe('what lies between the link and IP', () => {
  const inner = (frame: Buffer): object =>
    frame.includes(hex(ipv6(17, UDP))) ? { ...IPV6, ...UDP_PORTS } : { ...IPV4, ...TCP_PORTS };

  it('has a frame here for each encapsulation and each link type', () => {
    expect(Object.keys(WRAPPED)).toEqual(ENCAPSULATIONS.map(({ name }) => name));
    const known = Array.from({ length: 0x10000 }, (_, linkType) => linkType).filter(isReadable);
    expect(Object.keys(LINKED).map(Number)).toEqual(known);
    for (const { name, types } of ENCAPSULATIONS) {
      for (const type of types.filter((number) => number < 0x10000)) {
        const digits = hex(type.toString(16).padStart(4, '0'));
        const hasType = Object.values(WRAPPED)
          .flat()
          .some(([, frame]) => frame.includes(digits));
        if (!hasType) throw new Error(`no frame has the type ${type.toString(16)} of ${name}`);
      }
    }
  });

  const wrapped = Object.entries(WRAPPED).flatMap(([name, frames]) =>
    frames.map(([what, frame]) => [`${name}: ${what}`, 1, frame] as const),
  );
  const linked = Object.entries(LINKED).flatMap(([number, frames]) =>
    frames.map(([what, frame]) => [`link type ${number}: ${what}`, Number(number), frame] as const),
  );
  it.each([...wrapped, ...linked])('%s', (_, linkType, frame) => {
    expect(decoded(linkType, frame)).toMatchObject(inner(frame));
    // Cut anywhere it says where, until the ports are there; no part of it is taken for another packet.
    let isGood = false;
    for (let captured = 0; captured <= frame.length; captured++) {
      const result = decoded(linkType, frame, captured);
      if (typeof result === 'string') {
        expect([isGood, result]).toEqual([false, expect.stringMatching(/^cut /)]);
      } else {
        expect(result).toMatchObject({ ...inner(frame), tcpFlags: expect.any(Number) as number });
        isGood = true;
      }
    }
  });

  it('is known behind a pseudowire too, where only an EtherType tells of a frame', () => {
    const label = '8847 00064140 00000000';
    for (const [what, linkType, frame] of wrapped) {
      if (linkType !== 1 || what.includes('inter-switch')) continue;
      expect([what, decoded(1, Buffer.concat([ethernet(label), frame]))]).toMatchObject([
        what,
        inner(frame),
      ]);
    }
  });

  it('leaves the addresses of the outermost header that has them', () => {
    const macs = { sourceMac: A, destinationMac: B };
    for (const [what, linkType, frame] of wrapped) {
      if (what.includes('inter-switch') || what.includes('Wi-Fi')) continue;
      expect([what, decoded(linkType, frame)]).toMatchObject([what, macs]);
    }
    for (const [what, frame] of LINKED[105]!) {
      expect([what, decoded(105, frame)]).toMatchObject([what, macs]);
    }
    const [, switched] = WRAPPED['LLC and SNAP (802.2)']!.at(-1)!;
    expect(decoded(1, switched)).toMatchObject({ sourceMac: 0x0000_0c00_00c1 });
    const [, bridged] = WRAPPED['PPP']!.find(([what]) => what === 'bridged')!;
    expect(decoded(51, bridged.subarray(14))).toMatchObject({ sourceMac: 0x0000_0c00_00c1 });
    const logged = LINKED[239]!.find(([what]) => what.startsWith('an address'))![1];
    expect(decoded(239, logged)).toMatchObject({ sourceMac: A, destinationMac: 0 });
  });

  it.each(WITHOUT_IP)(
    'without IP goes by MAC addresses (link type %d): %s',
    (linkType, _, frame) => {
      expect(decoded(linkType, frame)).toMatchObject({ ...NONE, sourceMac: A });
    },
  );

  it.each(NAMELESS)('without those too is left out (link type %d): %s', (linkType, _, frame) => {
    expect(decoded(linkType, frame)).toBe("with neither IP nor a sender's MAC address");
  });

  it.each(CONTRADICTORY)('that cannot be is left out (link type %d): %s', (linkType, _, frame) => {
    expect(decoded(linkType, frame)).toBe('with a link header that contradicts itself');
  });

  it('is followed through 16 headers and no more', () => {
    const tags = (count: number): Buffer =>
      ethernet(`${'8100 0001'.repeat(count)} 0800 ${ipv4(6, TCP)}`);
    expect(decoded(1, tags(16))).toMatchObject(TCP_PORTS);
    expect(decoded(1, tags(17))).toBe('with more than 16 headers, one within another');
    expect(decoded(1, ethernet(`6558 ${`${'02'.repeat(12)} 6558`.repeat(1000)}`))).toBe(
      'with more than 16 headers, one within another',
    );
  });

  it('may name a link type of its own, but none that does so again', () => {
    const inside = 'with a link type of its own that cannot be read';
    const [perPacket, tap] = [192, 258];
    expect(decoded(perPacket, hex(`0000 0800 ${'c3000000'} 0000`))).toBe(inside);
    expect(decoded(perPacket, hex(`0000 0800 c0000000 0000 0800 01000000`))).toBe(inside);
    expect(decoded(tap, hex(`0c000000 01000000 02010000 0c000000 01000000 01000000`))).toBe(inside);
  });

  it('is not guessed for a link type that is not listed', () => {
    for (const linkType of [2, 195, 227, 283, 9999]) {
      expect(isReadable(linkType)).toBe(false);
      expect(() => decoded(linkType, hex(ipv4(6, TCP)))).toThrow(RangeError);
    }
  });
});

it('reads nothing outside of the frame', () => {
  const linkTypes = Object.keys(LINKED).map(Number);
  const surrounded = (linkType: number, frame: Uint8Array, around: number): unknown => {
    const batch = dirtyBatch();
    const bytes = new Uint8Array(frame.length + 200).fill(around);
    bytes.set(frame, 100);
    const fault = decodeFrame(linkType, bytes, 100, frame.length, batch, 1);
    return fault === 0 ? row(batch, 1) : fault;
  };
  const wrapped = Object.values(WRAPPED).flatMap((list) =>
    list.map(([, frame]) => [1, frame] as const),
  );
  const linked = Object.entries(LINKED).flatMap(([number, list]) =>
    list.map(([, frame]) => [Number(number), frame] as const),
  );
  const good = fc.constantFrom(...FRAMES, ...wrapped, ...linked).chain(([linkType, frame]) =>
    fc.record({
      linkType: fc.constant(linkType),
      frame: fc.nat(frame.length).map((captured) => Uint8Array.from(frame.subarray(0, captured))),
      flips: fc.array(fc.tuple(fc.nat(frame.length), fc.nat(255)), { maxLength: 3 }),
    }),
  );
  const noise = fc.record({
    linkType: fc.constantFrom(...linkTypes),
    frame: fc.uint8Array({ maxLength: 120 }),
    flips: fc.constant([]),
  });
  fc.assert(
    fc.property(fc.oneof(good, noise), ({ linkType, frame, flips }) => {
      for (const [at, value] of flips) if (at < frame.length) frame[at] = value;
      expect(surrounded(linkType, frame, 0xff)).toEqual(surrounded(linkType, frame, 0));
    }),
    { seed: 1, numRuns: 10_000 },
  );
});
