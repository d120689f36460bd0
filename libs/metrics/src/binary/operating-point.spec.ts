import { Random } from '@botlab/random';
import { negativesNeeded } from './binomial-interval';
import { chooseThreshold, operatingPoint } from './operating-point';
import { falsePositiveRateAt } from './roc-curve';

const truth = [...Array<number>(300).fill(0), ...Array<number>(100).fill(1)];
const score = [
  ...Array.from({ length: 300 }, (_, i) => i),
  ...Array.from({ length: 100 }, (_, i) => 250 + i),
];

it('takes the lowest threshold within the rate', () => {
  // Three benign rows, 297 to 299, are one in a hundred; 297 is the lowest that takes no more.
  expect(chooseThreshold(truth, score, 0.01)).toEqual({ threshold: 297 });
  const { falsePositiveRate, recall } = operatingPoint(truth, score, 297);
  expect([falsePositiveRate.value, recall.value]).toEqual([0.01, 0.53]);
  expect(falsePositiveRate.low).toBeLessThan(0.01);
  expect(falsePositiveRate.high).toBeGreaterThan(0.01);
});

it('takes none of several rows that score the same, where one of them would be too many', () => {
  const same = [...Array<number>(300).fill(5), ...Array<number>(100).fill(5)];
  expect(chooseThreshold(truth, same, 0.01)).toEqual({ threshold: Infinity });
  expect(operatingPoint(truth, same, Infinity).recall.value).toBe(0);
});

it('refuses a rate that the negatives do not support, with the number that would', () => {
  expect(chooseThreshold(truth, score, 1e-3)).toEqual({ needed: 3000 });
  expect([1e-2, 1e-4, 1e-5].map(negativesNeeded)).toEqual([300, 30_000, 300_000]);
});

it('refuses rows of one class', () => {
  expect(() => chooseThreshold([0, 0], [1, 2], 0.5)).toThrow('expected benign rows and attacks');
  expect(() => operatingPoint([1, 1], [1, 2], 0.5)).toThrow('expected benign rows and attacks');
});

it('knows at which rate nearly all attacks are found', () => {
  // 95 of 100 attacks score at least 255, as do 45 of 300 benign rows.
  expect(falsePositiveRateAt(0.95, truth, score)).toBe(0.15);
});

it('has intervals that cover the true rate', () => {
  const random = new Random(3, 'rates');
  const covered = Array.from({ length: 400 }, () => {
    const scores = Array.from(truth, (label) => (random.float() < (label ? 0.7 : 0.05) ? 1 : 0));
    const { recall, falsePositiveRate } = operatingPoint(truth, scores, 1);
    return [
      recall.low <= 0.7 && recall.high >= 0.7,
      falsePositiveRate.low <= 0.05 && falsePositiveRate.high >= 0.05,
    ];
  });
  for (const place of [0, 1]) {
    const share = covered.filter((both) => both[place]).length / covered.length;
    expect(share).toBeGreaterThan(0.94); // exact intervals cover more than they say
  }
});
