import { DECAY_RATES } from '@botlab/traffic';

const count = DECAY_RATES.length;

/** How long a stream was idle between two of its rows. */
export interface StreamStep {
  readonly seconds: number;
  /** How far from the truth it may be, by the digits that the weights are written with. */
  readonly error: number;
  /** Whether two windows tell it, rather than one alone. */
  readonly isStrong: boolean;
}

/**
 * The time between two rows of one stream. A packet makes of a weight w, by then decayed to 2^(-λΔt) w, one more; so Δt =
 * log2(before / (after - 1)) / λ in each window, of which the one that tells it best does, and the others are
 * held to it.
 *
 * @param before and `after`: `[5]` the weights of the stream, window by window
 * @param digits how far a weight may be from what was computed, as a share of it
 * @returns undefined where these are no two successive rows of one stream
 */
export function streamStep(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  digits: number,
): StreamStep | undefined {
  let [error, second, seconds] = [Infinity, Infinity, NaN];
  for (let k = 0; k < count; k++) {
    const left = after[k]! - 1;
    if (!(left > 0)) continue;
    const uncertain = (digits * (1 + after[k]! / left)) / (DECAY_RATES[k]! * Math.LN2);
    if (uncertain >= second) continue;
    if (uncertain >= error) {
      second = uncertain;
      continue;
    }
    second = error;
    error = uncertain;
    seconds = Math.log2(before[k]! / left) / DECAY_RATES[k]!;
  }
  if (!(seconds > -3 * error)) return undefined;
  for (let k = 0; k < count; k++) {
    const left = before[k]! * 2 ** (-DECAY_RATES[k]! * seconds);
    const allowed = 3 * (digits * after[k]! + DECAY_RATES[k]! * Math.LN2 * left * error) + digits;
    if (Math.abs(left + 1 - after[k]!) > allowed) return undefined;
  }
  return { seconds: Math.max(0, seconds), error, isStrong: second < 1e-3 };
}
