import fc from 'fast-check';
import { groupRows } from './row-groups';

describe('groupRows', () => {
  it('groups equal rows and no others', () => {
    const table = fc.integer({ min: 1, max: 3 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        // Few values, and ones whose low bits are all 0, as those of round float32 are.
        rows: fc.array(
          fc.array(fc.constantFrom(0, 1, -1, 0x3f800000, 0x40000000, -0x80000000), {
            minLength: width,
            maxLength: width,
          }),
          { maxLength: 60 },
        ),
      }),
    );
    fc.assert(
      fc.property(table, ({ width, rows }) => {
        const { group, size } = groupRows(Int32Array.from(rows.flat()), width, rows.length);
        const keys = rows.map((row) => row.map((w) => (w === -0x80000000 ? 0 : w)).join());
        const seen = [...new Set(keys)];
        expect([...group]).toEqual(keys.map((key) => seen.indexOf(key)));
        expect(size).toBe(seen.length);
      }),
      { numRuns: 300 },
    );
  });

  it('tells apart rows whose second hash is the same', () => {
    const afterFirst = (word: number) => {
      const tag = Math.imul((0x9e3779b9 | 0) + word, 0x85ebca6b);
      return tag ^ (tag >>> 13);
    };
    for (let word = 1; word < 200; word++) {
      const rows = [0, 0, word, (afterFirst(0) - afterFirst(word)) | 0];
      expect([word, groupRows(Int32Array.from(rows), 2, 2).size]).toEqual([word, 2]);
    }
  });

  it('tells apart more rows than there are low bits', () => {
    const words = Int32Array.from({ length: 50_000 }, (_, i) => i << 12);
    expect(groupRows(words, 1, words.length).size).toBe(50_000);
  });
});
