import { ethernet, hex, ipv4, ipv6, TCP, UDP } from './capture-bytes.fixture.spec';

const IP = ipv4(6, TCP);
const IP6 = ipv6(17, UDP);
/** An Ethernet frame within another, whose addresses are not those of the outer one. */
const INNER = `00000c0000d2 00000c0000c1 0800 ${IP}`;
/** Wi-Fi's addresses, of the access point among them. */
const [FROM, TO, POINT] = ['0200000000a1', '0200000000b1', '0200000000e5'];
const SNAP = 'aaaa03 000000';

/** What it shows, and a frame with {@link TCP} over IPv4 or {@link UDP} over IPv6. */
export type WrappedFrame = readonly [what: string, frame: Buffer];

/** Ethernet frames with IP behind each of the encapsulations, by their names. */
export const WRAPPED: Readonly<Record<string, readonly WrappedFrame[]>> = {
  'VLAN (802.1Q, 802.1ad, QinQ)': [
    ['802.1Q', ethernet(`8100 0064 0800 ${IP}`)],
    ['802.1ad', ethernet(`88a8 0064 8100 0001 86dd ${IP6}`)],
    ['QinQ', ethernet(`9100 0064 8100 0001 0800 ${IP}`)],
    ['802.3 behind a tag', ethernet(`8100 0064 0030 ${SNAP} 0800 ${IP}`)],
  ],
  MPLS: [
    ['one label', ethernet(`8847 00064140 ${IP}`)],
    ['two labels', ethernet(`8847 0069a032 00003140 ${IP}`)],
    ['three labels, IPv6', ethernet(`8847 0069a032 0069b032 00003140 ${IP6}`)],
    ['multicast', ethernet(`8848 00064140 ${IP}`)],
    ['a pseudowire with a control word', ethernet(`8847 00064140 00000000 ${INNER}`)],
    [
      'a pseudowire with 802.3 within',
      ethernet(`8847 00064140 00000000 00000c0000d2 00000c0000c1 0030 ${SNAP} 0800 ${IP}`),
    ],
    ['a pseudowire without', ethernet(`8847 00064140 ${INNER}`)],
    ['the channel of a pseudowire', ethernet(`8847 00064140 10000021 ${IP}`)],
  ],
  PPPoE: [
    ['IPv4', ethernet(`8864 1100 08d7 002a 0021 ${IP}`)],
    ['IPv6', ethernet(`8864 1100 08d7 0032 0057 ${IP6}`)],
    ['behind VLAN tags', ethernet(`88a8 0001 8100 0002 8864 1100 08d7 002a 0021 ${IP}`)],
    ['with a protocol of one byte', ethernet(`8864 1100 08d7 0029 21 ${IP}`)],
    ['MPLS within', ethernet(`8864 1100 08d7 002e 0281 00064140 ${IP}`)],
  ],
  PPP: [
    ['by an EtherType', ethernet(`880b 0021 ${IP}`)],
    ['bridged', ethernet(`8864 1100 08d7 0038 0031 0001 ${INNER}`)],
    ['multilink, not cut', ethernet(`8864 1100 08d7 002f 003d c0000001 0021 ${IP}`)],
  ],
  'LLC and SNAP (802.2)': [
    ['SNAP', ethernet(`0030 ${SNAP} 0800 ${IP}`)],
    ['SNAP, IPv6', ethernet(`0038 ${SNAP} 86dd ${IP6}`)],
    ['SNAP of 802.1H', ethernet(`0030 aaaa03 0000f8 0800 ${IP}`)],
    ['SNAP, bridged', ethernet(`003e aaaa03 0080c2 0007 ${INNER}`)],
    ['SNAP, bridged, two bytes before', ethernet(`0040 aaaa03 0080c2 0007 0000 ${INNER}`)],
    ['SNAP, a VLAN within', ethernet(`0034 ${SNAP} 8100 0064 0800 ${IP}`)],
    ['IP by its service access point', ethernet(`002b 060603 ${IP}`)],
    ["IP by OSI's identifier", ethernet(`002c fefe03 cc ${IP}`)],
    ['longer than 802.3 can say', ethernet(`8870 ${SNAP} 0800 ${IP}`)],
    [
      "Cisco's inter-switch link",
      hex(`01000c0000 00 0200000000a1 0046 aaaa03 020000 0003 0000 0000 ${INNER}`),
    ],
  ],
  'Ethernet within another': [['Ethernet', ethernet(`6558 ${INNER}`)]],
  'provider backbone (802.1ah)': [
    ['I-tag', ethernet(`88e7 00001234 0200000000d2 0200000000c1 0800 ${IP}`)],
    [
      'I-tag behind B-tag, VLAN within',
      ethernet(`88a8 0001 88e7 00001234 0200000000d2 0200000000c1 8100 0064 0800 ${IP}`),
    ],
  ],
  'MACsec in the clear (802.1AE)': [
    ['without a channel', ethernet(`88e5 0000 00000001 0800 ${IP} ${'ab'.repeat(16)}`)],
    [
      'with a channel',
      ethernet(`88e5 2000 00000001 0200000000a10001 0800 ${IP} ${'ab'.repeat(16)}`),
    ],
  ],
  'VN-tag': [['VN-tag', ethernet(`8926 00010002 0800 ${IP}`)]],
  'E-tag (802.1BR)': [['E-tag', ethernet(`893f 000000010000 0800 ${IP}`)]],
  'R-tag (802.1CB)': [['R-tag', ethernet(`f1c1 0000 0001 0800 ${IP}`)]],
  HSR: [['HSR', ethernet(`892f 0030 0001 0800 ${IP}`)]],
  'Cisco metadata': [['security group', ethernet(`8909 0101 0001 0002 0800 ${IP}`)]],
  'network service header (NSH)': [
    ['IPv4', ethernet(`894f 0fc6 0101 00000a01 ${'00'.repeat(16)} ${IP}`)],
    ['Ethernet', ethernet(`894f 0fc2 0203 00000a01 ${INNER}`)],
    ['MPLS', ethernet(`894f 0fc2 0205 00000a01 00064140 ${IP}`)],
    ['another', ethernet(`894f 0fc2 0204 00000a01 0fc2 0202 00000a01 ${IP6}`)],
  ],
  TRILL: [
    ['without options', ethernet(`22f3 003f 0001 0002 ${INNER}`)],
    ['with options', ethernet(`22f3 00bf 0001 0002 0000000000000000 ${INNER}`)],
  ],
  'B.A.T.M.A.N.': [
    ['unicast', ethernet(`4305 40 0f 32 01 0200000000f1 ${INNER}`)],
    [
      'unicast with four addresses',
      ethernet(`4305 42 0f 32 01 0200000000f1 0200000000f2 01 00 ${INNER}`),
    ],
    ['broadcast', ethernet(`4305 01 0f 32 00 00000001 0200000000f1 ${INNER}`)],
  ],
  'Wi-Fi (802.11)': [
    ['over Ethernet', ethernet(`2452 0801 0000 ${POINT} ${FROM} ${TO} 1000 ${SNAP} 0800 ${IP}`)],
  ],
};

const wifi = {
  toSystem: `0801 0000 ${POINT} ${FROM} ${TO} 1000`,
  fromSystem: `0802 0000 ${TO} ${POINT} ${FROM} 1000`,
  direct: `0800 0000 ${TO} ${FROM} ${POINT} 1000`,
  bridge: `0803 0000 ${POINT} 0200000000e6 ${TO} 1000 ${FROM}`,
  quality: `8801 0000 ${POINT} ${FROM} ${TO} 1000 0000`,
  throughput: `8881 0000 ${POINT} ${FROM} ${TO} 1000 0000 00000000`,
  aggregate: `8801 0000 ${POINT} ${FROM} ${TO} 1000 8000 ${TO} ${FROM} 0030`,
};
const LLC = `${SNAP} 0800 ${IP}`;

/** Frames with IP behind the header of each link type, by its number. */
export const LINKED: Readonly<Record<number, readonly WrappedFrame[]>> = {
  0: [
    ['IPv4, low byte first', hex(`02000000 ${IP}`)],
    ['IPv4, high byte first', hex(`00000002 ${IP}`)],
    ...[10, 23, 24, 28, 30].map((family): WrappedFrame => {
      const byte = family.toString(16).padStart(2, '0');
      return [`IPv6, family ${family}`, hex(`${byte}000000 ${IP6}`)];
    }),
    ['IPv6, high byte first', hex(`0000001e ${IP6}`)],
    ['an EtherType', hex(`dd860000 ${IP6}`)],
  ],
  1: [['Ethernet', ethernet(`0800 ${IP}`)]],
  9: [
    ['framed', hex(`ff03 0021 ${IP}`)],
    ['bare', hex(`0021 ${IP}`)],
    ['both compressed', hex(`21 ${IP}`)],
    ['IPv6', hex(`ff03 0057 ${IP6}`)],
    ["Cisco's HDLC", hex(`0f00 0800 ${IP}`)],
  ],
  12: [
    ['IPv4', hex(IP)],
    ['IPv6', hex(IP6)],
  ],
  14: [
    ['IPv4', hex(IP)],
    ['IPv6', hex(IP6)],
  ],
  50: [
    ['PPP', hex(`ff03 0021 ${IP}`)],
    ["Cisco's HDLC", hex(`0f00 86dd ${IP6}`)],
  ],
  51: [['PPPoE', hex(`1100 08d7 002a 0021 ${IP}`)]],
  101: [
    ['IPv4', hex(IP)],
    ['IPv6', hex(IP6)],
  ],
  104: [
    ['IPv4', hex(`0f00 0800 ${IP}`)],
    ['multicast, IPv6', hex(`8f00 86dd ${IP6}`)],
  ],
  105: [
    ['to the system', hex(`${wifi.toSystem} ${LLC}`)],
    ['from the system', hex(`${wifi.fromSystem} ${LLC}`)],
    ['directly', hex(`${wifi.direct} ${LLC}`)],
    ['between access points', hex(`${wifi.bridge} ${LLC}`)],
    ['with quality of service', hex(`${wifi.quality} ${LLC}`)],
    ['with high throughput', hex(`${wifi.throughput} ${LLC}`)],
    ['several in one', hex(`${wifi.aggregate} ${LLC}`)],
  ],
  108: [
    ['IPv4', hex(`00000002 ${IP}`)],
    ['IPv6', hex(`00000018 ${IP6}`)],
  ],
  109: [['IPv4', hex(`02000000 00000001 00000000 ${IP}`)]],
  113: [
    ['IPv4', hex(`0000 0001 0006 0200000000a1 0000 0800 ${IP}`)],
    ['a VLAN tag', hex(`0000 0001 0006 0200000000a1 0000 8100 0064 86dd ${IP6}`)],
    ['LLC', hex(`0000 0001 0006 0200000000a1 0000 0004 ${LLC}`)],
  ],
  117: [['IPv4', hex(`3d02 0000 ${'00'.repeat(60)} ${IP}`)]],
  119: [
    ['Prism', hex(`44000000 90000000 ${'00'.repeat(136)} ${wifi.toSystem} ${LLC}`)],
    [
      'Prism, high byte first',
      hex(`00000044 00000090 ${'00'.repeat(136)} ${wifi.toSystem} ${LLC}`),
    ],
    ['AVS', hex(`80211001 00000040 ${'00'.repeat(56)} ${wifi.toSystem} ${LLC}`)],
  ],
  127: [
    ['nothing said', hex(`0000 0800 00000000 ${wifi.toSystem} ${LLC}`)],
    ['flags', hex(`0000 0900 02000000 00 ${wifi.fromSystem} ${LLC}`)],
    ['flags: padded', hex(`0000 0900 02000000 20 ${wifi.quality} 0000 ${LLC}`)],
    [
      'time and flags: padded',
      hex(`0000 1100 03000000 0000000000000000 20 ${wifi.quality} 0000 ${LLC}`),
    ],
    [
      'two words, time and flags: padded',
      hex(`0000 1900 03000080 00000000 00000000 0000000000000000 20 ${wifi.quality} 0000 ${LLC}`),
    ],
  ],
  163: [['AVS', hex(`80211001 00000040 ${'00'.repeat(56)} ${wifi.fromSystem} ${LLC}`)]],
  166: [
    ['PPP', hex(`0003 0021 ${IP}`)],
    ['sent, IPv6', hex(`0103 0057 ${IP6}`)],
  ],
  192: [
    ['Wi-Fi', hex(`0000 0800 69000000 ${wifi.toSystem} ${LLC}`)],
    ['Ethernet', hex(`0000 0800 01000000 0200000000b1 0200000000a1 0800 ${IP}`)],
  ],
  204: [['PPP', hex(`00 ff03 0021 ${IP}`)]],
  219: [['two labels', hex(`0069a032 00003140 ${IP}`)]],
  228: [['IPv4', hex(IP)]],
  229: [['IPv6', hex(IP6)]],
  239: [
    ['low byte first', hex(`0200 0000 0800 0100 0800 0000 2c00 0900 ${IP}`)],
    ['high byte first', hex(`0200 0000 0008 0001 0800 0000 002c 0009 ${IP}`)],
    [
      'an address, IPv6',
      hex(`0a00 0000 1000 0800 0006 0000 0200000000a1 0000 0500 0a00 61000000 3400 0900 ${IP6}`),
    ],
  ],
  240: [['Ethernet', hex(`00040000 0200000000b1 0200000000a1 0800 ${IP}`)]],
  258: [
    [
      'Ethernet',
      hex(`6c000000 01000000 01000000 ${'00'.repeat(96)} 0200000000b1 0200000000a1 0800 ${IP}`),
    ],
    ['loopback', hex(`6c000000 01000000 00000000 ${'00'.repeat(96)} 1e000000 ${IP6}`)],
  ],
  276: [
    ['IPv4', hex(`0800 0000 00000001 0001 00 06 0200000000a1 0000 ${IP}`)],
    ['LLC', hex(`0004 0000 00000001 0001 00 06 0200000000a1 0000 ${LLC}`)],
  ],
};

/** Frames that hold no IP, or none that can be read, and go by their MAC addresses. */
export const WITHOUT_IP: readonly (readonly [linkType: number, ...WrappedFrame])[] = [
  [1, 'PPPoE discovery', ethernet('8863 1109 0000 0000')],
  [1, 'LCP in PPPoE', ethernet('8864 1100 0001 0006 c021 01010004')],
  [1, 'a part of what multilink cut', ethernet(`8864 1100 0001 002e 003d 80000001 0021 ${IP}`)],
  [1, 'bridged in PPP, of no Ethernet', ethernet(`8864 1100 0001 002e 0031 0002 ${INNER}`)],
  [1, 'spanning tree', ethernet('0026 424203 0000000000')],
  [1, 'SNAP of another organization', ethernet('0030 aaaa03 00000c 2000 0102')],
  [1, 'SNAP with a length for a type', ethernet(`0030 ${SNAP} 0100 0102`)],
  [1, 'SNAP that tests the link', ethernet(`0030 aaaae3 000000 0800 ${IP}`)],
  [1, 'IS-IS', ethernet('0030 fefe03 83 1b01')],
  [1, 'a length of 0', ethernet('0000')],
  [1, 'neither length nor type', ethernet('05dd 4500')],
  [1, 'MACsec, encrypted', ethernet(`88e5 0c00 00000001 0800 ${IP}`)],
  [1, 'MACsec, changed', ethernet(`88e5 0400 00000001 0800 ${IP}`)],
  [1, 'MPLS with something else below', ethernet(`8847 00064140 10000022 ${'00'.repeat(40)}`)],
  [1, 'MPLS with zeros below', ethernet(`8847 00064140 ${'00'.repeat(40)}`)],
  [1, 'NSH with something else behind it', ethernet('894f 0fc2 02fe 00000a01 00000000')],
  [1, 'B.A.T.M.A.N., version 14', ethernet(`4305 40 0e 32 01 0200000000f1 ${INNER}`)],
  [1, "B.A.T.M.A.N.'s own message", ethernet('4305 00 0f 32 00 00000000')],
  [105, 'a beacon', hex(`8000 0000 ffffffffffff ${FROM} ${FROM} 1000 00000000`)],
  [105, 'a request to send', hex(`b400 0000 ${TO} ${FROM}`)],
  [105, 'protected data', hex(`0841 0000 ${POINT} ${FROM} ${TO} 1000 ${LLC}`)],
  [105, 'no data', hex(`4801 0000 ${POINT} ${FROM} ${TO} 1000`)],
  [105, 'a later fragment', hex(`0801 0000 ${POINT} ${FROM} ${TO} 1100 ${LLC}`)],
  [113, 'LLDP', hex('0000 0001 0006 0200000000a1 0000 88cc 0207')],
  [113, 'raw 802.3', hex('0000 0001 0006 0200000000a1 0000 0001 ffff')],
  [276, 'LLDP', hex('88cc 0000 00000001 0001 00 06 0200000000a1 0000 0207')],
];

/** Frames with neither IP nor the address of a sender: nothing to go by. */
export const NAMELESS: readonly (readonly [linkType: number, ...WrappedFrame])[] = [
  [0, 'ISO', hex('07000000 8301')],
  [0, 'zeros', Buffer.alloc(80)],
  [9, 'LCP', hex('ff03 c021 01010004')],
  [104, "Cisco's keepalive", hex('8f00 8035 00000002')],
  [105, 'an acknowledgement', hex(`d400 0000 ${TO}`)],
  [105, 'clear to send', hex(`c400 0000 ${TO}`)],
  [105, 'an extension', hex('0c00 0000 0000')],
  [113, 'netlink', hex('0000 0338 0000 0000000000000000 0000 1234')],
  [113, 'ARP for other than IPv4', hex('0000 0020 0000 0000000000000000 0806 0020 0800 1404 0001')],
  [239, 'a bridged packet', hex(`0700 0000 2c00 0900 ${IP}`)],
];

/** Frames whose headers say what cannot be. */
export const CONTRADICTORY: readonly (readonly [linkType: number, ...WrappedFrame])[] = [
  [1, 'NSH shorter than itself', ethernet('894f 0fc1 0201 00000a01')],
  [105, 'Wi-Fi of another version', hex(`0901 0000 ${POINT} ${FROM} ${TO} 1000 ${LLC}`)],
  [117, 'a packet filter of length 0', Buffer.alloc(80)],
  [119, 'Prism of length 0', hex(`44000000 00000000 ${wifi.toSystem} ${LLC}`)],
  [119, 'Prism of 4 GB', hex(`44000000 ffffffff ${wifi.toSystem} ${LLC}`)],
  [127, 'radiotap of zeros', Buffer.alloc(80)],
  [127, 'radiotap of another version', hex(`0100 0800 00000000 ${wifi.toSystem} ${LLC}`)],
  [192, 'PPI of length 0', hex(`0000 0000 69000000 ${wifi.toSystem} ${LLC}`)],
  [239, 'an attribute of length 0', hex('0200 0000 0000 0100 0800 0000')],
];
