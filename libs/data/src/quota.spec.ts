import fc from 'fast-check';
import { quotas, twoSidedQuotas } from './quota';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const counts = fc.array(fc.nat({ max: 500_000 }), { minLength: 1, maxLength: 30 });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

describe('quotas', () => {
  it('gives the largest remainders what is left, ties to the earlier', () => {
    expect(quotas([3, 3, 4], 5)).toEqual([2, 1, 2]);
    expect(quotas([10, 20, 70], 1)).toEqual([0, 0, 1]);
    expect(quotas([0, 0], 0)).toEqual([0, 0]);
  });
  it('adds up exactly, within 1 of the exact part and never above the count', () => {
    fc.assert(
      fc.property(counts, fraction, (all, part) => {
        const total = Math.round(part * sum(all));
        const shares = quotas(all, total);
        expect(sum(shares)).toBe(total);
        shares.forEach((share, i) => {
          const count = all[i] ?? 0;
          expect(share).toBeLessThanOrEqual(count);
          if (total > 0) expect(Math.abs(share - (total * count) / sum(all))).toBeLessThan(1);
        });
      }),
    );
  });
});

describe('twoSidedQuotas', () => {
  it('leaves a thing on each side', () => {
    expect(twoSidedQuotas([1000, 2, 1], 200)).toEqual([199, 1, 0]);
    expect(twoSidedQuotas([2, 2], 1)).toEqual([1, 1]);
    expect(twoSidedQuotas([2, 10], 11)).toEqual([1, 9]);
  });
  it('takes what the small ones got from those that have most above their part', () => {
    expect(twoSidedQuotas([100, 900, 2, 2, 2, 2], 101)).toEqual([8, 89, 1, 1, 1, 1]);
  });
  it('adds up wherever the bounds allow', () => {
    fc.assert(
      fc.property(counts, fraction, (all, part) => {
        const total = Math.round(part * sum(all));
        const shares = twoSidedQuotas(all, total);
        const least = sum(all.map((count) => (count > 1 ? 1 : 0)));
        const most = sum(all.map((count) => Math.max(0, count - 1)));
        expect(sum(shares)).toBe(Math.min(Math.max(total, least), most));
        shares.forEach((share, i) => {
          const count = all[i] ?? 0;
          expect(share).toBeLessThanOrEqual(Math.max(0, count - 1));
          if (count > 1) expect(share).toBeGreaterThanOrEqual(1);
        });
      }),
    );
  });
});
