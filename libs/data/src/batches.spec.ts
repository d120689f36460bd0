import fc from 'fast-check';
import { batches } from './batches';

const all = (...of: Parameters<typeof batches>): number[][] =>
  [...batches(...of)].map((batch) => [...batch]);

describe('batches', () => {
  it('holds every row once, all batches full but the last', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.integer({ min: 1, max: 64 }), (rows, size) => {
        const made = all(rows, size, 1, 0);
        expect(made.flat().sort((a, b) => a - b)).toEqual(
          Array.from({ length: rows }, (_, i) => i),
        );
        expect(made.slice(0, -1).every(({ length }) => length === size)).toBe(true);
        expect(made).toHaveLength(Math.ceil(rows / size));
      }),
    );
  });
  it('repeats with seed and epoch, and differs with either', () => {
    expect(all(100, 10, 1, 2)).toEqual(all(100, 10, 1, 2));
    expect(all(100, 10, 1, 2)).not.toEqual(all(100, 10, 1, 3));
    expect(all(100, 10, 1, 2)).not.toEqual(all(100, 10, 2, 2));
  });
  it.each([0, -1, 2.5, NaN])('refuses batches of %d', (size) => {
    expect(() => all(10, size, 1, 0)).toThrow('expected a whole number, 1 or more');
  });
});
