import { range } from '../range';
import { Scaler, type ScalerInput } from '../scaler';
import { normalQuantile } from './normal-quantile';
import { LEAST_RANK, MOST_KNOTS, scoreError } from './score-curve';

const column = (values: readonly number[] | Float64Array): ScalerInput => ({
  features: Float64Array.from(values),
  columns: ['c0'],
});
const fit = (values: readonly number[] | Float64Array): Scaler<'quantile'> =>
  Scaler.fit('quantile', column(values), range(values.length));
const scaled = (scaler: Scaler, values: readonly number[] | Float64Array): number[] => [
  ...scaler.transform(column(values), range(values.length)),
];
const LIMIT = Math.fround(normalQuantile(1 - LEAST_RANK));

/** A number from 0 to 1 for each i, without order. */
const scattered = (i: number): number => (i * 0.6180339887498949) % 1;

it('normalQuantile: what tables of the normal distribution have', () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 14);
  expect(normalQuantile(1e-300)).toBeCloseTo(-37.0471, 4);
  expect([0, 1, -0.1, 1.1, NaN].map(normalQuantile)).toEqual([-Infinity, Infinity, NaN, NaN, NaN]);
});

it('is the normal quantile of a rank, ties in the middle of theirs, the ends clipped', () => {
  const scores = scaled(fit([5, 1, 3, 3, 3, 8, 8]), [1, 3, 5, 8]);
  [
    -LIMIT,
    normalQuantile(3 / 6 - 1 / 6 + 0 / 6),
    normalQuantile(4 / 6),
    normalQuantile(5.5 / 6),
  ].forEach((score, i) => expect(scores[i]).toBeCloseTo(score, 6));
});

it('scales half a column of equal values to their middle, also where it begins with them', () => {
  const values = [...Array<number>(990).fill(0), ...Array.from({ length: 10 }, (_, i) => 1e12 + i)];
  const [tied, ...others] = scaled(fit(values), [0, ...values.slice(990)]);
  expect(tied).toBeCloseTo(normalQuantile(494.5 / 999), 6);
  others.forEach((score, i) => {
    expect(score).toBeCloseTo(Math.min(normalQuantile((990 + i) / 999), LIMIT), 6);
  });
});

it('gives what lies between two values the line between their scores, and beyond the last its own', () => {
  const scaler = fit([0, 10, 20, 30]);
  const [low, high] = [normalQuantile(1 / 3), normalQuantile(2 / 3)];
  const [between, below, above] = scaled(scaler, [14, -1e300, 1e300]);
  expect(between).toBeCloseTo(low * 0.6 + high * 0.4, 6);
  expect([below, above]).toEqual([-LIMIT, LIMIT]);
  const widest = fit([-Number.MAX_VALUE, Number.MAX_VALUE]); // whose distance is no number
  expect(scaled(widest, [0, Number.MAX_VALUE / 2])).toEqual([0, LIMIT / 2]);
});

it.each<[string, (i: number) => number]>([
  ['evenly spread', (i) => scattered(i) - 0.5],
  ['over 300 orders of magnitude', (i) => (i % 2 ? 1 : -1) * 10 ** (300 * scattered(i) - 150)],
  ['a clock of 1.5e9 s and parts of a second', (i) => 1.5e9 + scattered(i)],
  ['variances up to 1e17, nine in ten 0', (i) => (i % 10 ? 0 : 1e17 * scattered(i) ** 9)],
  ['subnormal numbers beside 1', (i) => (i % 3 ? Number.MIN_VALUE * (i % 5000) : scattered(i))],
  ['the largest numbers that there are', (i) => (scattered(i) - 0.5) * 2 * Number.MAX_VALUE],
])('keeps some knots of 50,000 values, and scores to 0.0062: %s', (_, valueAt) => {
  const values = Float64Array.from({ length: 50_000 }, (_value, i) => valueAt(i));
  const scaler = fit(values);
  const knots = scaler.parameters.knots[0]!;
  expect(knots.length).toBeGreaterThan(300);
  expect(knots.length).toBeLessThanOrEqual(MOST_KNOTS);
  const sorted = Float64Array.from(values).sort();
  const scores = scaled(scaler, sorted);
  for (let first = 0, next = 0; first < sorted.length; first = next) {
    while (sorted[next] === sorted[first]) next++;
    const rank = (first + next - 1) / 2 / (sorted.length - 1);
    const exact = normalQuantile(Math.min(Math.max(rank, LEAST_RANK), 1 - LEAST_RANK));
    const far = Math.abs(scores[first]! - exact);
    if (!(far <= scoreError)) throw new Error(`${sorted[first]} is off by ${far}`);
  }
  expect(scoreError).toBeCloseTo(0.0062, 4);
  // A larger value has no smaller score, in the data and between.
  const more = Float64Array.from({ length: 50_000 }, (_value, i) => valueAt(i + 0.3)).sort();
  const rising = scaled(scaler, more);
  expect(rising.every((score, i) => i === 0 || score >= rising[i - 1]!)).toBe(true);
});

it('is exact for all values while no more are distinct than there may be knots', () => {
  const values = Float64Array.from({ length: MOST_KNOTS }, (_, i) => Math.exp(i / 5));
  expect(fit(values).parameters.knots[0]).toEqual([...values]);
  expect(fit([...values, 0]).parameters.knots[0]!.length).toBeLessThan(MOST_KNOTS);
});

it('takes -0 for 0', () => {
  const scaler = fit([-0, 0, 1, 2]);
  expect(scaler.parameters.knots[0]).toEqual([0, 1, 2]);
  expect(new Set(scaled(fit([-1, 0, 0, 2]), [-0, 0])).size).toBe(1);
  expect(new Set(scaled(scaler, [-0, 0])).size).toBe(1);
});

it('does not depend on the order of the rows', () => {
  const values = Array.from({ length: 5000 }, (_, i) => scattered(i));
  expect(fit([...values].reverse()).toJSON()).toEqual(fit(values).toJSON());
});

it('scales many rows, each column by itself, in the order asked for', () => {
  const rows = 1000;
  const features = Float64Array.from({ length: 3 * rows }, (_, i) =>
    i % 3 === 1 ? 7 : scattered(i) * 10 ** (i % 3),
  );
  const table = { features, columns: ['a', 'same', 'b'] };
  const scaler = Scaler.fit('quantile', table, range(rows));
  const backwards = range(rows).reverse();
  const scores = scaler.transform(table, backwards);
  for (const c of [0, 2]) {
    const values = Array.from(range(rows), (row) => features[3 * row + c]!);
    const alone = scaled(fit(values), values);
    backwards.forEach((row, i) => expect(scores[3 * i + c]).toBe(alone[row]));
  }
  expect(backwards.every((_, i) => scores[3 * i + 1] === 0)).toBe(true);
});
