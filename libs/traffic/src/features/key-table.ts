import { KeyHash } from './key-hash';

/**
 * Numbers keys in the order in which they first come: 0, 1, 2 …
 *
 * A key is a fixed number of 32-bit words, compared word by word, so that no string and no object
 * is made for a packet. Open addressing, at most half full. The numbers do not depend on the hash.
 */
export class KeyTable {
  #slots = new Int32Array(64).fill(-1);
  #hashes = new Uint32Array(32);
  #keys: Uint32Array;
  #size = 0;
  #probes = 0;

  /** @param words how many words a key has */
  constructor(
    readonly words: number,
    readonly hash = new KeyHash(),
  ) {
    this.#keys = new Uint32Array(32 * words);
  }

  /** How many keys it holds. */
  get size(): number {
    return this.#size;
  }

  /** How many places were looked at to find keys, in all: some one and a half a key. */
  get probes(): number {
    return this.#probes;
  }

  /** A word of a key that it holds. */
  word(entry: number, word: number): number {
    return this.#keys[entry * this.words + word]!;
  }

  /** The number of a key, given one if it is new: then it is what `size` was. */
  number(key: Uint32Array): number {
    return this.find(key, true);
  }

  /** The number of a key; where it is new, one that is given to it, or −1. */
  find(key: Uint32Array, isTaken: boolean): number {
    const words = this.words;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hashes = this.#hashes;
    const keys = this.#keys;
    const hash = this.hash.of(key, words);
    let slot = hash & mask;
    this.#probes++;
    search: for (let entry = slots[slot]!; entry >= 0; entry = slots[slot]!) {
      slot = (slot + 1) & mask;
      this.#probes++;
      if (hashes[entry] !== hash) continue;
      for (let word = 0, at = entry * words; word < words; word++, at++)
        if (keys[at] !== key[word]) continue search;
      return entry;
    }
    return isTaken ? this.#add(key, hash) : -1;
  }

  /** Those of the entries given, numbered 0, 1, 2 … in that order, each key as `change` leaves it. */
  only(entries: readonly number[], change: (key: Uint32Array) => void): KeyTable {
    const copy = new KeyTable(this.words, this.hash);
    const key = new Uint32Array(this.words);
    for (const entry of entries) {
      for (let word = 0; word < this.words; word++) key[word] = this.word(entry, word);
      change(key);
      copy.number(key);
    }
    return copy;
  }

  #add(key: Uint32Array, hash: number): number {
    if (this.#size === this.#hashes.length) this.#double();
    const entry = this.#size++;
    for (let word = 0, at = entry * this.words; word < this.words; word++, at++)
      this.#keys[at] = key[word]!;
    this.#hashes[entry] = hash;
    this.#place(entry);
    return entry;
  }

  #double(): void {
    const keys = new Uint32Array(2 * this.#keys.length);
    const hashes = new Uint32Array(2 * this.#hashes.length);
    keys.set(this.#keys);
    hashes.set(this.#hashes);
    this.#keys = keys;
    this.#hashes = hashes;
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    for (let entry = 0; entry < this.#size; entry++) this.#place(entry);
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[entry]! & mask;
    while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }
}
