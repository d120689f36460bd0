import { incompleteBeta } from '../comparison/incomplete-beta';

/** Between which two shares a true share lies. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The exact interval of a share: `successes` of `trials`, each by itself (C. J. Clopper & E. S. Pearson, Biometrika 26,
 * 1934). It covers at least `level` of all truths. Rows of one device or file hang together, and are fewer trials than
 * they are rows: see {@link clusterInterval}.
 *
 * @param level how sure, a fraction
 * @throws RangeError for no trials, more successes than these, or a level beyond 0 and 1
 */
export function binomialInterval(successes: number, trials: number, level = 0.95): Interval {
  if (!(trials > 0 && successes >= 0 && successes <= trials)) {
    throw new RangeError(`There is no share of ${successes} of ${trials}.`);
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Expected a level between 0 and 1, got ${level}.`);
  }
  const outside = (1 - level) / 2;
  const failures = trials - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(outside, successes, failures + 1),
    high: failures === 0 ? 1 : 1 - betaQuantile(outside, failures, successes + 1),
  };
}

/**
 * How many negatives a false-positive rate needs before it can be told: with none of them flagged the 95 % bound of
 * the rate is 3 / n (J. A. Hanley & A. Lippman-Hand, JAMA 249, 1983).
 */
export function negativesNeeded(rate: number): number {
  return Math.ceil(3 / rate - 1e-9);
}

/** The x of which I_x(a, b) is `p`, by halving: I rises with x. */
function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
}
