import { Random } from '@botlab/random';
import { conformalThresholds, scoreSets } from './conformal-sets';
import { expectedCalibrationError, reliability } from './reliability';
import { atTemperature, fitTemperature } from './temperature';

const classes = 3;

/** Rows whose truth is drawn by their own probabilities: perfectly calibrated. */
function honest(rows: number, seed: number) {
  const random = new Random(seed, 'honest');
  const probabilities = Array.from({ length: rows }, () => {
    const weights = Array.from({ length: classes }, () => random.float() ** 3 + 1e-3);
    const sum = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / sum);
  });
  const truth = probabilities.map(([first, second]) => {
    const at = random.float();
    return at < first! ? 0 : at < first! + second! ? 1 : 2;
  });
  return { truth, probabilities };
}

function errorOf(probabilities: ArrayLike<number>, truth: readonly number[]): number {
  const answers = truth.map((label, row) => {
    const own = Array.from({ length: classes }, (_, k) => probabilities[row * classes + k]!);
    const confidence = Math.max(...own);
    return { confidence, hit: own.indexOf(confidence) === label ? 1 : 0 };
  });
  return expectedCalibrationError(
    reliability(
      answers.map(({ confidence }) => confidence),
      answers.map(({ hit }) => hit),
    ),
  );
}

describe('reliability', () => {
  it('has bins of as many rows, from the least to the most confident', () => {
    const confidence = [0.9, 0.5, 0.8, 0.6, 0.7, 1];
    expect(reliability(confidence, [1, 0, 1, 1, 0, 1], 3)).toEqual([
      { rows: 2, confidence: 0.55, accuracy: 0.5 },
      { rows: 2, confidence: 0.75, accuracy: 0.5 },
      { rows: 2, confidence: 0.95, accuracy: 1 },
    ]);
    expect(expectedCalibrationError(reliability(confidence, [1, 0, 1, 1, 0, 1], 3))).toBeCloseTo(
      0.35 / 3,
      12,
    );
  });

  it('keeps rows of one confidence together, in whatever order they come', () => {
    const confidence = [1, 1, 1, 1, 0.2, 1];
    const [one, other] = [
      [1, 0, 1, 1, 0, 1],
      [0, 1, 1, 1, 0, 1],
    ].map((hits) => reliability(confidence, hits, 3));
    expect(one).toEqual(other);
    expect(one!.map(({ rows }) => rows)).toEqual([1, 5]);
  });

  it('refuses what is no probability', () => {
    expect(() => reliability([0.5, 1.5], [0, 1])).toThrow('got 1.5 in row 1');
    expect(() => reliability([0.5], [])).toThrow('each of 1 rows, got 0');
  });
});

describe('a temperature', () => {
  const { truth, probabilities } = honest(20_000, 1);

  it('is 1 where confidence is honest, and brings back what was sharpened', () => {
    expect(fitTemperature(probabilities.flat(), truth, classes)).toBeCloseTo(1, 1);
    const sharp = atTemperature(probabilities.flat(), classes, 0.5);
    expect(fitTemperature(sharp, truth, classes)).toBeCloseTo(2, 1);
    const back = atTemperature(sharp, classes, fitTemperature(sharp, truth, classes));
    expect(errorOf(sharp, truth)).toBeGreaterThan(0.1);
    expect(errorOf(back, truth)).toBeLessThan(0.02);
  });

  it('stays within bounds where a model is always right, though sure of nothing', () => {
    expect(fitTemperature([0.6, 0.4, 0.4, 0.6], [0, 1], 2)).toBeCloseTo(1e-3, 12);
    expect([...atTemperature([1, 0], 2, 1e-3)]).toEqual([1, 0]);
  });
});

describe('conformal sets', () => {
  it('hold the truth of each class as often as they say, and are not larger than that takes', () => {
    const [fitted, tested] = [honest(6_000, 2), honest(30_000, 3)];
    const thresholds = conformalThresholds(fitted.probabilities.flat(), fitted.truth, classes, 0.1);
    const { coverage, size } = scoreSets(tested.probabilities.flat(), tested.truth, thresholds);
    for (const share of coverage) expect(Math.abs(share - 0.9)).toBeLessThan(0.02);
    expect(size).toBeLessThan(classes);
  });

  it('hold a class that has too few rows to leave any out', () => {
    const probabilities = [0.9, 0.1, 0.8, 0.2, 0.3, 0.7];
    const thresholds = conformalThresholds(probabilities, [0, 0, 1], 2, 0.34);
    expect([...thresholds]).toEqual([0.8, 0]);
    expect(scoreSets([0.7, 0.3], [0], [0.8, 0.5])).toEqual({
      coverage: [0, NaN],
      size: 0,
      empty: 1,
    });
  });
});
