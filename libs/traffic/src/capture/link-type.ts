import { InputError } from '@botlab/errors';

/** The link types that can be read, by their numbers in the registry of tcpdump.org. */
export const LINK_TYPE = {
  ethernet: 1,
  /** Raw IP as BSDs and OpenBSD number it in files of their own; 101 everywhere else. */
  rawBSD: 12,
  rawOpenBSD: 14,
  raw: 101,
  /** What Linux gives for the interface "any". */
  cooked: 113,
  ipv4: 228,
  ipv6: 229,
  cooked2: 276,
} as const;

const supported: ReadonlySet<number> = new Set(Object.values(LINK_TYPE));

/** Names for what else one may come across. */
const names: Readonly<Record<number, string>> = {
  0: 'BSD loopback',
  9: 'PPP',
  50: 'PPP in HDLC framing',
  105: 'IEEE 802.11 (Wi-Fi)',
  108: 'OpenBSD loopback',
  119: 'IEEE 802.11 with Prism headers (Wi-Fi)',
  127: 'IEEE 802.11 with radiotap headers (Wi-Fi)',
  163: 'IEEE 802.11 with AVS headers (Wi-Fi)',
  187: 'Bluetooth HCI',
  189: 'USB',
  192: 'per-packet information',
  195: 'IEEE 802.15.4 (Zigbee)',
  201: 'Bluetooth HCI',
  215: 'IEEE 802.15.4 (Zigbee)',
  220: 'USB',
  227: 'CAN bus',
  230: 'IEEE 802.15.4 (Zigbee)',
  239: 'netfilter log',
  249: 'USB',
  251: 'Bluetooth Low Energy',
  253: 'netlink',
  283: 'IEEE 802.15.4 (Zigbee)',
};

function nameOf(linkType: number): string {
  const name = linkType >= 147 && linkType <= 162 ? 'private' : names[linkType];
  return name === undefined ? `of link type ${linkType}` : `${name} frames (link type ${linkType})`;
}

/** @throws InputError where the packets of a capture are of a link type that cannot be read */
export function requireLinkType(linkType: number, capture: string): void {
  if (supported.has(linkType)) return;
  throw new InputError(
    `Cannot read ${capture}: its packets are ${nameOf(linkType)}, expected Ethernet (1), Linux cooked (113, 276) or raw IP (101, 228, 229); capture on an Ethernet interface or on "any".`,
  );
}
