import fc from 'fast-check';
import { averagePrecision, rocAuc } from '../index';

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    expect(rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
    expect(rocAuc([0, 1], [0.5, 0.5])).toBe(0.5);
  });

  it('agrees with counting the pairs', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 5 })),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(rows, (rows) => {
        const of = (label: number) => rows.filter(([t]) => t === label).map(([, s]) => s);
        const pairs = of(1).flatMap((p) => of(0).map((n) => (p > n ? 1 : p === n ? 0.5 : 0)));
        const mean = pairs.reduce((sum: number, win) => sum + win, 0) / pairs.length;
        const auc = rocAuc(
          rows.map(([t]) => t),
          rows.map(([, s]) => s),
        );
        if (pairs.length === 0) expect(auc).toBeUndefined();
        else expect(auc).toBeCloseTo(mean, 12);
      }),
    );
  });

  it('takes infinite scores, as log-likelihoods may be', () => {
    expect(rocAuc([1, 1, 0, 0], [Infinity, Infinity, -Infinity, Infinity])).toBe(0.75);
  });
});

describe('averagePrecision', () => {
  it('adds up precision over the recall gained', () => {
    expect(averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBeCloseTo(0.5 + 0.5 * (2 / 3));
  });

  it('takes tied scores together, whatever their order', () => {
    expect(averagePrecision([1, 0, 0, 0], [3, 3, 3, 3])).toBe(0.25);
    expect(averagePrecision([0, 0, 0, 1], [3, 3, 3, 3])).toBe(0.25);
  });
});

describe.each([
  ['rocAuc', rocAuc],
  ['averagePrecision', averagePrecision],
])('%s', (_, area) => {
  it.each([
    ['no attack', [0, 0]],
    ['no benign row', [1, 1]],
    ['no row', []],
  ])('is undefined with %s', (_, truth) => {
    expect(area(truth, truth)).toBeUndefined();
  });

  it.each([
    ['unequal lengths', [0, 1], [0.5], 'expected one for each of 2 rows, got 1'],
    ['a class number', [0, 2], [0, 1], 'got 2 in row 1'],
    ['NaN', [0, 1], [0, NaN], 'got NaN in row 1'],
  ])('refuses %s', (_, truth, score, message) => {
    expect(() => area(truth, score)).toThrow(RangeError);
    expect(() => area(truth, score)).toThrow(message);
  });
});
