/**
 * Numbers keys in the order in which they first come: 0, 1, 2 …
 *
 * A key is a fixed number of 32-bit words, compared word by word, so that no string and no object
 * is made for a packet. Open addressing, at most half full.
 */
export class KeyTable {
  #slots = new Int32Array(64).fill(-1);
  #hashes = new Uint32Array(32);
  #keys: Uint32Array;
  #size = 0;

  /** @param words how many words a key has */
  constructor(readonly words: number) {
    this.#keys = new Uint32Array(32 * words);
  }

  /** How many keys it holds. */
  get size(): number {
    return this.#size;
  }

  /** A word of a key that it holds. */
  word(entry: number, word: number): number {
    return this.#keys[entry * this.words + word]!;
  }

  /** The number of a key, given one if it is new: then it is what `size` was. */
  number(key: Uint32Array): number {
    const words = this.words;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hashes = this.#hashes;
    const keys = this.#keys;
    const hash = hashOf(key, words);
    let slot = hash & mask;
    search: for (let entry = slots[slot]!; entry >= 0; entry = slots[slot]!) {
      slot = (slot + 1) & mask;
      if (hashes[entry] !== hash) continue;
      for (let word = 0, at = entry * words; word < words; word++, at++)
        if (keys[at] !== key[word]) continue search;
      return entry;
    }
    return this.#add(key, hash);
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

/** 32 bits, unsigned, that depend on each bit of each word (the rounds of MurmurHash3). */
function hashOf(key: Uint32Array, words: number): number {
  let hash = words;
  for (let word = 0; word < words; word++) {
    let mixed = Math.imul(key[word]!, 0xcc9e2d51);
    mixed = (mixed << 15) | (mixed >>> 17);
    hash ^= Math.imul(mixed, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
