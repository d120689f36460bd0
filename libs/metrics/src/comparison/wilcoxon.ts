import { midRanks } from './mid-ranks';

/** With fewer pairs no outcome has a p-value below 0.05. */
const FEWEST = 6;
/** With more, the exact distribution gives way to the normal one. */
const EXACT = 50;

/**
 * Wilcoxon's signed-rank test of paired values: whether differences lie about 0 (F. Wilcoxon, Biometrics Bulletin 1,
 * 1945). Pairs that are equal are left out. Up to 50 pairs the p-value is exact, ties included: of all ways to sign
 * the ranks; beyond, it is normal, corrected for ties, without continuity.
 *
 * @returns its two-sided p-value
 * @throws RangeError for other numbers of values, or fewer than six pairs that differ
 */
export function wilcoxon(first: readonly number[], second: readonly number[]): number {
  if (first.length !== second.length) {
    throw new RangeError(`Expected pairs, got ${first.length} and ${second.length} values.`);
  }
  const differences = first.map((value, i) => value - second[i]!).filter((value) => value !== 0);
  const pairs = differences.length;
  if (pairs < FEWEST) {
    throw new RangeError(
      `Wilcoxon's test needs ${FEWEST} pairs that differ, got ${pairs}: with fewer it can find nothing.`,
    );
  }
  // Twice as large, so that the middle rank of a tie is whole.
  const ranks = midRanks(differences.map(Math.abs)).map((rank) => 2 * rank);
  const positive = ranks.reduce((sum, rank, i) => (differences[i]! > 0 ? sum + rank : sum), 0);
  const total = pairs * (pairs + 1);
  const least = Math.min(positive, total - positive);
  return pairs <= EXACT ? exact(ranks, least) : normal(ranks, least);
}

/** The share of all signs by which one of both sums is at most `least`. */
function exact(ranks: readonly number[], least: number): number {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = new Float64Array(total + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    for (let sum = total; sum >= 0; sum--) {
      ways[sum] = (ways[sum]! + (sum >= rank ? ways[sum - rank]! : 0)) / 2;
    }
  }
  const tail = ways.subarray(0, least + 1).reduce((sum, share) => sum + share, 0);
  return Math.min(1, 2 * tail);
}

function normal(ranks: readonly number[], least: number): number {
  const expected = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return complementaryErrorFunction((expected - least) / Math.sqrt(2 * variance));
}

/** erfc(x) for x ≥ 0, by its continued fraction (Abramowitz & Stegun 7.1.14), or near 0 by its series (7.1.6). */
function complementaryErrorFunction(x: number): number {
  const bell = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let [term, sum] = [x, x];
    for (let n = 1; term > 1e-17 * sum; n++) sum += term *= (2 * x * x) / (2 * n + 1);
    return 1 - 2 * bell * sum;
  }
  let fraction = 0;
  for (let n = 100; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return bell / (x + fraction);
}
