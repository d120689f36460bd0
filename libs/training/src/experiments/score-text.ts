import { mean, standardDeviation } from '@botlab/metrics';

/** The standard error up to which a second decimal is printed, in points of per cent. */
const FINE = 0.25;

/** Mean, with the standard deviation where there are several values; in per cent. */
export function meanPercent(values: readonly number[], decimals = 2): string {
  const text = (fraction: number) => (100 * fraction).toFixed(decimals);
  const middle = text(mean(values));
  return values.length < 2 ? middle : `${middle} ± ${text(standardDeviation(values))}`;
}

/**
 * How many decimals a share of `rows` rows is printed with, in per cent: two where its standard error is a quarter
 * of a point at most, else one. Two rows are added to either side, so that a share of 100 % is not taken for exact
 * (A. Agresti & B. A. Coull, The American Statistician 52, 1998).
 */
export function decimalsOf(share: number, rows: number): 1 | 2 {
  const plausible = (share * rows + 2) / (rows + 4);
  const error = Math.sqrt((plausible * (1 - plausible)) / (rows + 4));
  return 100 * error <= FINE ? 2 : 1;
}
