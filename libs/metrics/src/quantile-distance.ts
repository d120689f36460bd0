/** Which quantiles are compared: 1 % to 99 %. */
const QUANTILES = 99;

/** A number on a scale where each doubling is one step, and where small numbers and 0 are near 0. */
export function doublings(value: number): number {
  return Math.sign(value) * Math.log2(1 + Math.abs(value));
}

/**
 * The quantile of ascending numbers, between neighbours in proportion (the default of NumPy).
 *
 * @param part 0 for the least, 0.5 for the median, 1 for the greatest
 * @throws RangeError when there are no numbers
 */
export function quantile(ascending: Float64Array, part: number): number {
  if (ascending.length === 0) throw new RangeError('Cannot take a quantile of no numbers.');
  const place = part * (ascending.length - 1);
  const below = Math.floor(place);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (high - low) * (place - below);
}

/**
 * How far two samples of one quantity lie apart: the mean absolute difference of their 1 % to 99 %
 * quantiles, in {@link doublings}. 0 is the same distribution; 1 means that one sample is twice the
 * other throughout, or that half of it is four times the other.
 *
 * This is the Wasserstein distance of first order after log scaling, from 99 quantiles.
 *
 * @param a numbers in any order; likewise `b`; they may differ in length
 * @throws RangeError when one of them is empty
 */
export function quantileDistance(a: Float64Array, b: Float64Array): number {
  const [first, second] = [a.map(doublings).sort(), b.map(doublings).sort()];
  let sum = 0;
  for (let i = 1; i <= QUANTILES; i++) {
    const part = i / (QUANTILES + 1);
    sum += Math.abs(quantile(first, part) - quantile(second, part));
  }
  return sum / QUANTILES;
}
