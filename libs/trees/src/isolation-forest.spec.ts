import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { fitIsolationForest } from './index';
import { meanPath } from './isolation-tree';
import { makeRows } from './rows.fixture.spec';

/** Rows near the origin, and the last one far from it. */
function withOutlier(rows: number, columns: number): Float32Array {
  const random = new Random(1, 'outlier');
  const x = Float32Array.from({ length: rows * columns }, () => random.float());
  return x.fill(5, (rows - 1) * columns);
}

it('scores a row far from the others above all of them, and above a half', () => {
  const data = { x: withOutlier(300, 4), rows: 300, columns: 4 };
  const scores = fitIsolationForest(data, { seed: 1 }).score(data.x);
  const last = scores.at(-1)!;
  expect(last).toBeGreaterThan(0.7);
  expect(scores.filter((score) => score >= last)).toHaveLength(1);
  expect(scores.filter((score) => score < 0.55).length).toBeGreaterThan(270);
});

it('follows each row through its trees, as deep as log2 of the sample', () => {
  const data = makeRows({ rows: 200, levels: 12 });
  const forest = fitIsolationForest(data, { trees: 7, sample: 32, seed: 2 });
  const { roots, column, child, value } = forest.parts;
  const scores = forest.score(data.x);
  for (let row = 0; row < data.rows; row++) {
    let sum = 0;
    for (const root of roots) {
      let node = root;
      let depth = 0;
      for (; child[node] !== 0; depth++) {
        const isRight = data.x[row * data.columns + column[node]!]! > value[node]!;
        node = child[node]! + Number(isRight);
      }
      expect(depth).toBeLessThanOrEqual(5);
      sum += value[node]!;
    }
    expect(scores[row]).toBeCloseTo(2 ** (-sum / 7 / meanPath(32)), 12);
  }
});

it('has in each leaf at least one of the rows that a tree was grown on', () => {
  const data = makeRows({ rows: 64 });
  const { parts } = fitIsolationForest(data, { trees: 1, sample: 64, seed: 3 });
  const held = new Float64Array(parts.child.length);
  const depths = new Float64Array(parts.child.length);
  for (let row = 0; row < data.rows; row++) {
    let node = 0;
    let depth = 0;
    for (; parts.child[node] !== 0; depth++) {
      const value = data.x[row * data.columns + parts.column[node]!]!;
      node = parts.child[node]! + Number(value > parts.value[node]!);
    }
    held[node]! += 1;
    depths[node] = depth;
  }
  parts.child.forEach((child, node) => {
    if (child !== 0) return;
    expect(held[node]).toBeGreaterThan(0);
    expect(parts.value[node]).toBeCloseTo(depths[node]! + meanPath(held[node]!), 12);
  });
});

it('knows the mean path: that of a search that fails in a binary tree', () => {
  expect([meanPath(0), meanPath(1), meanPath(2)]).toEqual([0, 0, 1]);
  const harmonic = Array.from({ length: 255 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b);
  expect(meanPath(256)).toBeCloseTo(2 * harmonic - (2 * 255) / 256, 2);
});

it('has the same bits with the same seed, and others with another', () => {
  const data = makeRows({ rows: 400 });
  const scores = (seed: number) => fitIsolationForest(data, { seed, trees: 10 }).score(data.x);
  expect(scores(1)).toEqual(scores(1));
  expect(scores(1)).not.toEqual(scores(2));
});

it('gives rows that are all the same a half', () => {
  const x = new Float32Array(50).fill(3);
  const scores = fitIsolationForest({ x, rows: 10, columns: 5 }).score(x);
  for (const score of scores) expect(score).toBeCloseTo(0.5, 12);
  const one = { x: x.subarray(0, 5), rows: 1, columns: 5 };
  expect([...fitIsolationForest(one).score(one.x)]).toEqual([0.5]);
});

it.each([
  [{ trees: 0 }, 'trees 0'],
  [{ sample: 1 }, 'sample 1: expected a whole number from 2 on.'],
])('refuses %j', (options, words) => {
  const fit = () => fitIsolationForest(makeRows({ rows: 10 }), options);
  expect(fit).toThrow(InputError);
  expect(fit).toThrow(words);
});

it('refuses what is no number, to fit on and to score', () => {
  const data = makeRows({ rows: 10 });
  const x = data.x.with(7, NaN);
  expect(() => fitIsolationForest({ ...data, x })).toThrow('Row 2, column 2 is NaN');
  expect(() => fitIsolationForest(data).score(x)).toThrow('Row 2, column 2 is NaN');
});
