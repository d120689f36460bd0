import {
  crossedDifference,
  type Hits,
  holm,
  mcNemar,
  resampledDifference,
} from './paired-difference';

/** Hits of which the first has `won` rows alone, the second `lost`, and both the rest. */
function pair(won: number, lost: number, both = 3): [Hits, Hits] {
  const rows = won + lost + both;
  return [
    Array.from({ length: rows }, (_, row) => (row >= won && row < won + lost ? 0 : 1)),
    Array.from({ length: rows }, (_, row) => (row < won ? 0 : 1)),
  ];
}

// By scipy.stats.binomtest(won, won + lost).pvalue, scipy 1.17.1.
it.each([
  [1, 0, 1],
  [5, 15, 0.04138946533203125],
  [10, 10, 1],
  [3, 0, 0.25],
  [2000, 2200, 0.0021323556719912455],
  [0, 40, 1.8189894035458565e-12],
])('has for %i rows against %i the p-value of an exact binomial test', (won, lost, p) => {
  const [first, second] = pair(won, lost);
  const found = mcNemar(first, second);
  expect(Math.abs(found.p / p - 1)).toBeLessThan(1e-9);
  expect(found.difference).toBeCloseTo((won - lost) / (won + lost + 3), 12);
  expect(mcNemar(second, first).difference + found.difference).toBe(0);
  expect(mcNemar(second, first).p).toBe(found.p);
});

it('finds no difference between a classifier and itself', () => {
  const [same] = pair(3, 4);
  expect(mcNemar(same, same)).toEqual({ difference: 0, p: 1 });
  expect(crossedDifference([same, same], [same, same]).p).toBe(1);
  expect(resampledDifference([same, same], [same, same], 0.25).p).toBe(1);
});

const second = [
  [0, 1, 0, 0, 1, 0, 1, 0],
  [1, 0, 0, 1, 1, 0, 1, 0],
  [0, 1, 0, 0, 0, 1, 1, 0],
];
const first = [
  [1, 1, 1, 1, 1, 1, 1, 0],
  [1, 1, 0, 0, 1, 0, 1, 1],
  [1, 1, 1, 1, 1, 1, 0, 1],
];

const steadier = [
  [1, 1, 1, 0, 1, 1, 1, 1],
  [1, 1, 1, 1, 1, 0, 1, 1],
  [1, 1, 1, 0, 1, 1, 1, 1],
];

// By F of the means of rows and of seeds in numpy, and scipy.stats.f.sf, scipy 1.17.1.
it.each([
  ['both', first, 0.0727332322156694],
  ['hardly of seeds', steadier, 0.01368251507045501],
])('is min F′ where the differences are of %s', (_, hits, wanted) => {
  const { difference, p } = crossedDifference(hits, second);
  expect(difference).toBeGreaterThan(0.3);
  expect(p).toBeCloseTo(wanted, 10);
  expect(crossedDifference(second, hits).p).toBeCloseTo(p, 14);
});

it('widens the spread of draws that overlap', () => {
  const { difference, p } = resampledDifference(first, second, 0.25);
  expect(difference).toBeCloseTo(0.375, 12);
  expect(p).toBeCloseTo(0.15147186257614292, 10);
  expect(resampledDifference(first, second, 0).p).toBeLessThan(p);
});

/** Numbers from 0 to 1, the same in each run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Share of experiments with two classifiers that are alike in which a test finds a difference at 5 %. */
function falseAlarms(
  test: (first: number[][], second: number[][]) => number,
  { seeds, rows, bySeed, byRow }: { seeds: number; rows: number; bySeed: number; byRow: number },
): number {
  const random = generator(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const experiments = 1000;
  let alarms = 0;
  for (let i = 0; i < experiments; i++) {
    const hard = Array.from({ length: rows }, () => [byRow * normal(), byRow * normal()]);
    const train = (which: number) =>
      Array.from({ length: seeds }, () => {
        const luck = bySeed * normal();
        return hard.map((row) => (row[which]! + luck + normal() > -1 ? 1 : 0));
      });
    if (test(train(0), train(1)) < 0.05) alarms += 1;
  }
  return alarms / experiments;
}

describe('of two classifiers that are alike a difference is found in one of twenty experiments at most', () => {
  it.each([
    { seeds: 5, rows: 60, bySeed: 0.5, byRow: 1 },
    { seeds: 3, rows: 60, bySeed: 0.5, byRow: 1 },
    { seeds: 5, rows: 60, bySeed: 0, byRow: 1 },
    { seeds: 5, rows: 60, bySeed: 0.5, byRow: 0 },
    { seeds: 2, rows: 60, bySeed: 0.3, byRow: 1 },
  ])('%j', (setting) => {
    const rate = falseAlarms((a, b) => crossedDifference(a, b).p, setting);
    expect(rate).toBeLessThan(0.065); // 0.05 and two standard errors of 1,000 experiments
    expect(rate).toBeGreaterThan(0.005);
  });

  it('which a test on all rows of all seeds at once does not hold', () => {
    const pooled = (a: number[][], b: number[][]) =>
      mcNemar(
        a.flatMap((hits) => [...hits]),
        b.flatMap((hits) => [...hits]),
      ).p;
    const setting = { seeds: 5, rows: 60, bySeed: 0.5, byRow: 1 };
    expect(falseAlarms(pooled, setting)).toBeGreaterThan(0.1);
  });
});

it('adjusts p-values of several tests as Holm does, in any order', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.6]);
  [0.04, 0.09, 0.09, 0.025, 0.6].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
});

it('compares nothing that is no pair', () => {
  expect(() => mcNemar([1], [1, 0])).toThrow(RangeError);
  expect(() => mcNemar([], [])).toThrow(RangeError);
  expect(() => crossedDifference([[1, 0]], [[1, 0]])).toThrow(/at least two/);
  expect(() => resampledDifference([[1], [0]], [[1]], 0.25)).toThrow(RangeError);
});
