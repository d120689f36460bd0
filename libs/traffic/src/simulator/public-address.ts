import type { Random } from '@botlab/random';

/** First bytes that Mirai's scanner leaves out: loopback, private, multicast, and some owners. */
const AVOIDED = new Set([
  0, 3, 6, 7, 10, 11, 15, 16, 21, 22, 26, 28, 29, 30, 33, 55, 56, 127, 214, 215,
]);

/**
 * A random IPv4 address that a scanner would try.
 *
 * Source of the ranges left out: the published source of Mirai, `get_random_ip` of its scanner.
 */
export function publicAddress(random: Random): number {
  for (;;) {
    const address = random.int(2 ** 32);
    const first = address >>> 24;
    const second = (address >>> 16) & 255;
    const avoided =
      AVOIDED.has(first) ||
      first >= 224 ||
      (first === 192 && second === 168) ||
      (first === 172 && second >= 16 && second < 32) ||
      (first === 100 && second >= 64 && second < 127) ||
      (first === 169 && second > 253) ||
      (first === 198 && second >= 18 && second < 20);
    if (!avoided) return address;
  }
}
