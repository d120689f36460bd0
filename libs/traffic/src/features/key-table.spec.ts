import { Random } from '@botlab/random';
import { KeyHash } from './key-hash';
import { KeyTable } from './key-table';

describe('KeyTable', () => {
  it.each([1, 2, 3, 5])('numbers keys of %d words in the order in which they come', (words) => {
    const random = new Random(1, 'keys', words);
    const table = new KeyTable(words);
    const numbers = new Map<string, number>();
    // Few values a word, so that keys recur and differ in any one word; large ones, to use all bits.
    const values = Uint32Array.from({ length: 6 }, () => random.int(2 ** 32));
    for (let i = 0; i < 20_000; i++) {
      const key = Uint32Array.from({ length: words }, () => values[random.int(6)]!);
      const expected = numbers.get(key.join()) ?? numbers.size;
      numbers.set(key.join(), expected);
      expect(table.number(key)).toBe(expected);
    }
    expect(table.size).toBe(numbers.size);
    for (const [text, number] of numbers) {
      const stored = Array.from({ length: words }, (_, word) => table.word(number, word));
      expect(stored.join()).toBe(text);
    }
  });

  it('tells keys apart whose hashes are the same', () => {
    // Among 300,000 keys about ten pairs agree in all 32 bits of the hash.
    const count = 300_000;
    const table = new KeyTable(2);
    const wrong: number[] = [];
    const key = new Uint32Array(2);
    for (let round = 0; round < 2; round++)
      for (let i = 0; i < count; i++) {
        key.set([i % 512, i >>> 9]);
        if (table.number(key) !== i) wrong.push(i);
      }
    expect(wrong).toEqual([]);
    expect(table.size).toBe(count);
  });

  it('does not keep hold of the key that it is given', () => {
    const table = new KeyTable(1);
    const key = Uint32Array.of(7);
    table.number(key);
    key[0] = 8;
    expect(table.number(key)).toBe(1);
    expect(table.number(Uint32Array.of(7))).toBe(0);
  });

  describe('under chosen keys', () => {
    const count = 1000;
    /** Keys that all begin their search at the same place of a table under a hash. */
    function colliding(hash: KeyHash): Uint32Array[] {
      const keys: Uint32Array[] = [];
      for (let i = 0; keys.length < count; i++) {
        const key = Uint32Array.of(4, i);
        if ((hash.of(key, 2) & 2047) === 0) keys.push(key);
      }
      return keys;
    }
    const probes = (keys: readonly Uint32Array[], hash?: KeyHash): number => {
      const table = new KeyTable(2, hash);
      expect(keys.map((key) => table.number(key))).toEqual([...keys.keys()]);
      return table.probes;
    };

    it('those that collide under one secret do not under another', () => {
      const known = new KeyHash();
      const keys = colliding(known);
      expect(probes(keys, known)).toBeGreaterThan(count ** 2 / 4);
      for (let secret = 0; secret < 20; secret++) expect(probes(keys)).toBeLessThan(4 * count);
    });

    it('takes few steps for the keys of a scan, a spoofed flood, and of multiples', () => {
      for (const stride of [1, 256, 65_536, 0x01010101, 2 ** 22]) {
        const keys = Array.from({ length: count }, (_, i) => Uint32Array.of(4, i * stride));
        expect(probes([...new Map(keys.map((key) => [key[1], key])).values()])).toBeLessThan(
          4 * count,
        );
      }
    });
  });
});
