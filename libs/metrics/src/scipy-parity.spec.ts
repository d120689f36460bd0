import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Random } from '@botlab/random';
import { python, withoutModule } from '../../../tools/testing/python';
import { skipIf } from '../../../tools/testing/skip-if';
import { binomialInterval, criticalDifference, fitTemperature, rocCurve, wilcoxon } from './index';

const random = new Random(1, 'scipy-parity');
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const normal = () => many(12, () => random.float()).reduce((sum, value) => sum + value, -6);

const interval = [
  { successes: 0, trials: 1, level: 0.95 },
  { successes: 7, trials: 7, level: 0.9 },
  { successes: 3, trials: 111_186, level: 0.95 },
  { successes: 110_000, trials: 111_186, level: 0.99 },
  ...many(60, () => {
    const trials = 1 + random.int(5_000);
    return { successes: random.int(trials + 1), trials, level: 0.8 + 0.199 * random.float() };
  }),
];
const paired = (pairs: number, shift: number, steps?: number) => {
  const value = () => (steps === undefined ? normal() : Math.round(steps * normal()));
  return { first: many(pairs, () => value() + shift), second: many(pairs, value) };
};
const signedRanks = [
  ...many(20, (i) => paired(6 + 2 * i, 0.1 * i)),
  ...many(10, (i) => paired(9 + random.int(6), i % 3, 2)), // with ties
  ...many(10, (i) => paired(80 + 20 * i, 0.05 * i, 3)),
  paired(60, 4),
].filter(({ first, second }) => first.filter((value, i) => value !== second[i]).length >= 6);
const curve = many(40, (i) => {
  const truth = [0, 1, ...many(3 + 5 * i, () => random.int(2))];
  return { truth, score: truth.map((label) => (i % 2 ? random.int(6) : normal() + label)) };
});
const temperature = many(20, (i) => {
  const truth = many(30 + 40 * i, () => random.int(4));
  const logits = truth.map((label) =>
    many(4, (k) => (1 + i / 5) * normal() + (k === label ? 1.5 : 0)),
  );
  const probabilities = logits.flatMap((row) => {
    const weights = row.map(Math.exp);
    const sum = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / sum);
  });
  return { truth, probabilities };
});
const ranks = many(10, (i) => ({
  scores: many(8, () => many(4, (k) => random.int(20 * (i + 1)) + k)),
}));

interface Answers {
  readonly interval: [number, number][];
  readonly wilcoxon: number[];
  readonly curve: Record<
    'falsePositiveRate' | 'recall' | 'precision' | 'recallOfPrecision' | 'thresholds',
    number[]
  >[];
  readonly temperature: number[];
  readonly ranks: number[][];
}

function askPython(): Answers {
  const script = path.join(__dirname, 'scipy-parity.py');
  const input = JSON.stringify({ interval, wilcoxon: signedRanks, curve, temperature, ranks });
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`SciPy could not answer the cases: ${stderr}`);
  return JSON.parse(stdout) as Answers;
}

/** The greatest difference between two lists of as many numbers. */
function farthest(ours: readonly number[], theirs: readonly number[]): number {
  expect(ours).toHaveLength(theirs.length);
  return Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!)));
}

skipIf(withoutModule('sklearn', 'scikit-learn')).describe('parity with SciPy', () => {
  let answers: Answers;
  beforeAll(() => (answers = askPython()), 60_000);

  it.each(interval.map((example, i) => [JSON.stringify(example), i] as const))(
    'interval of %s',
    (_, i) => {
      const { successes, trials, level } = interval[i]!;
      const { low, high } = binomialInterval(successes, trials, level);
      expect(farthest([low, high], answers.interval[i]!)).toBeLessThan(1e-9);
    },
  );

  it(`signed ranks of ${signedRanks.length} samples`, () => {
    const ours = signedRanks.map(({ first, second }) => wilcoxon(first, second));
    expect(farthest(ours, answers.wilcoxon)).toBeLessThan(1e-9);
  });

  it(`${curve.length} ROC and precision-recall curves`, () => {
    curve.forEach(({ truth, score }, i) => {
      const ours = rocCurve(truth, score)!;
      const theirs = answers.curve[i]!;
      const all = (key: keyof (typeof ours)[number]) => ours.map((point) => point[key]);
      expect(farthest(all('falsePositiveRate'), theirs.falsePositiveRate)).toBeLessThan(1e-12);
      expect(farthest(all('recall'), theirs.recall)).toBeLessThan(1e-12);
      expect(farthest(all('threshold').slice(1), theirs.thresholds)).toBe(0);
      expect(farthest(all('precision'), theirs.precision)).toBeLessThan(1e-12);
      expect(farthest(all('recall'), theirs.recallOfPrecision)).toBeLessThan(1e-12);
    });
  });

  it(`${temperature.length} temperatures`, () => {
    const ours = temperature.map(({ probabilities, truth }) =>
      fitTemperature(probabilities, truth, 4),
    );
    expect(farthest(ours, answers.temperature)).toBeLessThan(1e-9);
  });

  it('mean ranks', () => {
    ranks.forEach(({ scores }, i) => {
      expect(farthest(criticalDifference(scores).ranks, answers.ranks[i]!)).toBeLessThan(1e-9);
    });
  });
});
