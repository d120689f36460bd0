import { InputError } from '@botlab/errors';
import { linkTypeName } from './link-type-name';

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

const readable: ReadonlySet<number> = new Set(Object.values(LINK_TYPE));

export function isReadable(linkType: number): boolean {
  return readable.has(linkType);
}

/** The error for a capture of which all packets are of link types that cannot be read. */
export function unreadable(linkTypes: readonly number[], capture: string): InputError {
  const names = linkTypes.map(linkTypeName).join(', ');
  return new InputError(
    `Cannot read ${capture}: its packets are of link type ${names}, expected Ethernet (1), Linux cooked (113, 276) or raw IP (101, 228, 229); capture on an Ethernet interface or on "any".`,
  );
}
