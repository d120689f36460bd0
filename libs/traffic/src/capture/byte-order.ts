/** The 16-bit number at `at` in network order, the high byte first. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** The 32-bit number at `at` in network order. */
export function u32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  );
}

/** The 16-bit number at `at` in the order of the file: the low byte first where it is `little`. */
export function u16In(bytes: Uint8Array, at: number, little: boolean): number {
  return little ? bytes[at]! | (bytes[at + 1]! << 8) : u16(bytes, at);
}

/** The 32-bit number at `at` in the order of the file. */
export function u32In(bytes: Uint8Array, at: number, little: boolean): number {
  if (!little) return u32(bytes, at);
  return (
    (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  );
}

/** The 48-bit number at `at` in network order: a MAC address. */
export function u48(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x1_0000_0000 + u32(bytes, at + 2);
}
