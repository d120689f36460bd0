import { randomFillSync } from 'node:crypto';

/** Words that a key may have. */
const MOST_WORDS = 5;
const BYTES = 4;

/**
 * Hashes keys by a secret, so that nobody who chooses the addresses in a capture can choose which of them
 * collide: each byte of a key stands for 32 random bits, which are combined by XOR.
 *
 * A seed put into a hash such as MurmurHash3 would not do: there are keys that collide under each seed
 * (Aumasson, Bernstein 2012). With simple tabulation linear probing takes a constant number of
 * steps whatever the keys (Pătraşcu, Thorup 2012, "The power of simple tabulation hashing").
 */
export class KeyHash {
  readonly #bits: Uint32Array;

  /** @param bits 256 words for each byte of a key; by default random ones, new for each hash */
  constructor(bits: Uint32Array = randomFillSync(new Uint32Array(MOST_WORDS * BYTES * 256))) {
    this.#bits = bits;
  }

  /** 32 bits, unsigned, of the first words of a key. */
  of(key: Uint32Array, words: number): number {
    const bits = this.#bits;
    let hash = 0;
    for (let word = 0, at = 0; word < words; word++, at += BYTES * 256) {
      const value = key[word]!;
      hash ^=
        bits[at | (value & 255)]! ^
        bits[at | 256 | ((value >>> 8) & 255)]! ^
        bits[at | 512 | ((value >>> 16) & 255)]! ^
        bits[at | 768 | (value >>> 24)]!;
    }
    return hash >>> 0;
  }
}
