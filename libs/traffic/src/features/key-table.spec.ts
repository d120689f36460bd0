import { Random } from '@botlab/random';
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
});
