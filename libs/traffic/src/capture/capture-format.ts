import { u16In, u32, u32In } from './byte-order';

/** The magic numbers of pcap with microseconds and with nanoseconds, in the order of the file. */
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
/** The type of pcapng's section header block, the same in both orders. */
export const SECTION = 0x0a0d0d0a;
/** What that block holds behind its length, in the order of the section. */
export const BYTE_ORDER = 0x1a2b3c4d;

/** What else may be taken for a capture, by its first four bytes. */
const elsewhere: Readonly<Record<number, string>> = {
  0x28b52ffd: 'is compressed with zstd, decompress it first',
  0xfd377a58: 'is compressed with xz, decompress it first',
  0x425a6839: 'is compressed with bzip2, decompress it first',
  0x04224d18: 'is compressed with lz4, decompress it first',
  0x377abcaf: 'is a 7z file, extract it first',
  0x504b0304: 'is a zip file, extract it first',
  0x736e6f6f: 'is a snoop capture, convert it with "editcap -F pcap"',
  0x474d4255: 'is a Network Monitor capture, convert it with "editcap -F pcap"',
  0x52545353: 'is a Network Monitor capture, convert it with "editcap -F pcap"',
  0x54525349: 'is a Sniffer capture, convert it with "editcap -F pcap"',
  0x58435000: 'is a Sniffer capture, convert it with "editcap -F pcap"',
};
const VARIANT = 'is pcap in a variant of its own, convert it with "editcap -F pcap"';
/** Kuznetzov's, Navtel's and two of Ixia's, whose records differ; each in both byte orders. */
const variants: ReadonlySet<number> = new Set([0xa1b2cd34, 0xa12b3c4d, 0x1c0001ac, 0x1c0001ab]);

/** Whether a file that begins with these four bytes is pcap. */
export function isPcap(bytes: Uint8Array, at: number): boolean {
  return [true, false].some((little) => {
    const magic = u32In(bytes, at, little);
    return magic === MICROSECONDS || magic === NANOSECONDS;
  });
}

/** Whether pcap at `at` has its high bytes last, as its magic number says. */
export function isLittlePcap(bytes: Uint8Array, at: number): boolean {
  return bytes[at] !== 0xa1;
}

/** Whether pcap at `at` counts in nanoseconds. */
export function hasNanoseconds(bytes: Uint8Array, at: number): boolean {
  return u32In(bytes, at, isLittlePcap(bytes, at)) === NANOSECONDS;
}

/** Whether a file that begins with these four bytes is pcapng. */
export function isPcapng(bytes: Uint8Array, at: number): boolean {
  return u32(bytes, at) === SECTION;
}

/**
 * Whether a pcap file begins at `at`, where there are eight bytes, so surely that a packet or a block
 * is not taken for one.
 */
export function beginsPcap(bytes: Uint8Array, at: number): boolean {
  if (!isPcap(bytes, at)) return false;
  const little = isLittlePcap(bytes, at);
  return u16In(bytes, at + 4, little) === 2 && u16In(bytes, at + 6, little) === 4;
}

/** The same for pcapng, where there are twelve bytes. */
export function beginsPcapng(bytes: Uint8Array, at: number): boolean {
  const order = at + 8;
  return isPcapng(bytes, at) && [true, false].some((is) => u32In(bytes, order, is) === BYTE_ORDER);
}

/** What a file that begins with these four bytes is, in words behind "it", and what to do. */
export function otherFormat(bytes: Uint8Array, at: number): string {
  const isVariant = [true, false].some((little) => variants.has(u32In(bytes, at, little)));
  if (isVariant) return VARIANT;
  return elsewhere[u32(bytes, at)] ?? 'is something else; name another file';
}
