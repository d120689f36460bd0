import { mean, sumOfSquares } from '../spread';
import { incompleteBeta, studentTwoSided } from './incomplete-beta';

/** How far one classifier is above another on the same rows, and how likely chance alone would do as much. */
export interface PairedDifference {
  /** Accuracy of the first less that of the second, as a fraction. */
  readonly difference: number;
  /** Two-sided p-value of no difference. */
  readonly p: number;
}

/** For each row 1 where a classifier is right, else 0. */
export type Hits = ArrayLike<number>;

/**
 * McNemar's test of two classifiers on the same rows, exact: of the rows that just one of them has right, each has
 * as many by chance as heads come of a coin (Q. McNemar, Psychometrika 12, 1947; T. G. Dietterich, Neural
 * Computation 10, 1998).
 *
 * @throws RangeError when they are not of as many rows, or of none
 */
export function mcNemar(first: Hits, second: Hits): PairedDifference {
  requirePairs(first, second);
  let [won, lost] = [0, 0];
  for (let row = 0; row < first.length; row++) {
    if (first[row]! > second[row]!) won += 1;
    if (first[row]! < second[row]!) lost += 1;
  }
  return { difference: (won - lost) / first.length, p: coin(won, lost) };
}

/** Two-sided p-value of so many heads and tails of a fair coin. */
function coin(heads: number, tails: number): number {
  const few = Math.min(heads, tails);
  const tosses = heads + tails;
  // P(X ≤ few) = I_½(tosses − few, few + 1).
  return tosses === 0 ? 1 : Math.min(1, 2 * incompleteBeta(0.5, tosses - few, few + 1));
}

/**
 * The test of two classifiers that were each trained with several seeds and tested on the same rows. Rows and seeds
 * both are samples, and crossed: the mean of the differences d[seed][row] varies by what rows do and by what seeds do.
 * The sum of both variances has twice in it what a row and a seed do together, which makes the test a cautious one; it is
 * compared with Student's t with Satterthwaite's degrees of freedom: the min F′ of H. H. Clark, J. Verbal Learning and Verbal Behavior 12, 1973.
 *
 * @param first and `second`: for each seed the hits, of the same rows in the same order
 * @throws RangeError for fewer than two seeds or rows, or for numbers of them that differ
 */
export function crossedDifference(
  first: readonly Hits[],
  second: readonly Hits[],
): PairedDifference {
  requireSeeds(first, second);
  const seeds = first.length;
  const rows = first[0]!.length;
  if (rows < 2) throw new RangeError('Cannot compare on a single row');
  const bySeed = new Float64Array(seeds);
  const byRow = new Float64Array(rows);
  first.forEach((hits, seed) => {
    requirePairs(hits, second[seed]!);
    if (hits.length !== rows) throw new RangeError('Cannot compare seeds on other rows');
    for (let row = 0; row < rows; row++) {
      const d = hits[row]! - second[seed]![row]!;
      bySeed[seed]! += d / rows;
      byRow[row]! += d / seeds;
    }
  });
  const difference = mean(bySeed);
  const parts = [bySeed, byRow].map((means) => {
    const freedom = means.length - 1;
    return { freedom, variance: sumOfSquares(means, difference) / freedom / means.length };
  });
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const freedom =
    variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.freedom, 0);
  return { difference, p: pOf(difference, variance, freedom) };
}

/**
 * The test of two classifiers where each seed drew rows of its own, the same for both. Draws overlap, so that their
 * spread alone would promise too much: it is corrected for the share of rows tested on (C. Nadeau & Y. Bengio,
 * Machine Learning 52, 2003).
 *
 * @param ratio test rows for each training row
 * @throws RangeError for fewer than two seeds, or for numbers of rows that differ
 */
export function resampledDifference(
  first: readonly Hits[],
  second: readonly Hits[],
  ratio: number,
): PairedDifference {
  requireSeeds(first, second);
  const differences = first.map((hits, seed) => {
    requirePairs(hits, second[seed]!);
    return mean(hits) - mean(second[seed]!);
  });
  const difference = mean(differences);
  const seeds = differences.length;
  const variance = sumOfSquares(differences, difference) / (seeds - 1);
  return { difference, p: pOf(difference, variance * (1 / seeds + ratio), seeds - 1) };
}

/**
 * P-values of several tests at once, so adjusted that any of them below 0.05 is a claim that is wrong in one of
 * twenty such tables at most (S. Holm, Scandinavian J. of Statistics 6, 1979).
 */
export function holm(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(p.length);
  let most = 0;
  order.forEach((place, before) => {
    most = Math.max(most, Math.min(1, p[place]! * (p.length - before)));
    adjusted[place] = most;
  });
  return adjusted;
}

function pOf(difference: number, variance: number, freedom: number): number {
  if (difference === 0) return 1;
  return variance === 0 ? 0 : studentTwoSided(difference / Math.sqrt(variance), freedom);
}

function requireSeeds(first: readonly Hits[], second: readonly Hits[]): void {
  if (first.length >= 2 && first.length === second.length) return;
  throw new RangeError(
    `Cannot compare over ${first.length} and ${second.length} seeds: expected as many, and at least two`,
  );
}

function requirePairs(first: Hits, second: Hits): void {
  if (first.length > 0 && first.length === second.length) return;
  throw new RangeError(
    `Cannot compare on ${first.length} and ${second.length} rows: expected the same rows, and some`,
  );
}
