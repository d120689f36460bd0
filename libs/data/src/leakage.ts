import { type Feature, FEATURES } from './schema';

/** What to do with the columns that tell when a capture was made. */
export type Leakage = 'keep' | 'drop';
export const LEAKAGES = ['keep', 'drop'] as const satisfies readonly Leakage[];

/**
 * The columns to learn from: all 115 with 'keep', 105 with 'drop'.
 *
 * HH_jit summarises the time between the packets of a stream. The extractor takes the time before
 * the first packet as 0, so the first "interval" of every stream is the absolute unix time
 * (≈ 1.5e9 s). It dominates the jitter's mean, and through it the variance, until it has decayed:
 * these columns date a row to the second, and since each attack was recorded at its own time, a
 * model can read the class from the calendar. 'drop' removes the HH_jit mean and variance of all
 * five windows; the HH_jit weights only count packets and stay.
 */
export function featuresFor(leakage: Leakage): readonly Feature[] {
  if (leakage === 'keep') return FEATURES;
  return FEATURES.filter(({ block, statistic }) => block !== 'HH_jit' || statistic === 'weight');
}
