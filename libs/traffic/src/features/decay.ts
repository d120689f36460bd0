/** Decay rates λ of the five windows, per second, in the order of `WINDOWS`. */
export const DECAY_RATES = [5, 3, 1, 0.1, 0.01] as const;

/** Steps of the table in one doubling; a power of two, so that scaling by it is exact. */
const STEPS = 128;
/** 2^(j / STEPS) for j from 0 to STEPS - 1, and what rounding these to float64 cut off. */
const { fractions: FRACTIONS, rests: RESTS } = fractionTable();
/** The smallest exponent of a float64 that is not 0 (the least subnormal is 2^-1074). */
const LEAST = -1074;
/** 2^k for k from LEAST to 0. */
const POWERS = Float64Array.from({ length: 1 - LEAST }, (_, i) => 2 ** (i + LEAST));
const STEP = Math.LN2 / STEPS;

/**
 * 2^x for x ≤ 0, rounded to the nearest float64 but for a few cases in a thousand.
 *
 * The extractor needs some thirty of these for each packet, and Math.pow is several times slower:
 * here x is split into whole doublings, 128ths of one (both from a table) and a rest of less than
 * a 256th, for which the fifth-degree series of the exponential is exact to float64.
 */
export function exp2(x: number): number {
  if (x < LEAST) return x > LEAST - 1 ? Number.MIN_VALUE : 0;
  const scaled = x * STEPS;
  const whole = Math.floor(scaled + 0.5);
  const rest = (scaled - whole) * STEP;
  const series = rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24 + rest * (1 / 120)))));
  const step = whole & (STEPS - 1);
  const fraction = FRACTIONS[step]!;
  return (fraction + (RESTS[step]! + fraction * series)) * POWERS[(whole >> 7) - LEAST]!;
}

/** How many gaps are remembered. */
const REMEMBERED = 4;

/**
 * The factors 2^(-λd) of the five windows for a gap of d seconds, the last few remembered: the
 * streams that one packet belongs to have often been quiet for the same time.
 */
export class DecayFactors {
  readonly #gaps = new Float64Array(REMEMBERED).fill(NaN);
  readonly #factors = Array.from(
    { length: REMEMBERED },
    () => new Float64Array(DECAY_RATES.length),
  );
  #oldest = 0;

  /** Valid until some other gaps have been asked for. */
  of(gap: number): Float64Array {
    for (let i = 0; i < REMEMBERED; i++) if (this.#gaps[i] === gap) return this.#factors[i]!;
    const factors = this.#factors[this.#oldest]!;
    this.#gaps[this.#oldest] = gap;
    this.#oldest = (this.#oldest + 1) % REMEMBERED;
    for (let window = 0; window < DECAY_RATES.length; window++)
      factors[window] = exp2(-DECAY_RATES[window]! * gap);
    return factors;
  }
}

/** Powers of 2^(1/128), in fixed point with 160 bits behind the point, then as float64 and its error. */
function fractionTable(): { fractions: Float64Array; rests: Float64Array } {
  const bits = 160n;
  let root = 2n << bits;
  for (let power = 1; power < STEPS; power *= 2) root = squareRoot(root << bits);
  const fractions = new Float64Array(STEPS);
  const rests = new Float64Array(STEPS);
  let value = 1n << bits;
  for (let j = 0; j < STEPS; j++) {
    const nearest = Number(value);
    fractions[j] = nearest / 2 ** Number(bits);
    rests[j] = Number(value - BigInt(nearest)) / 2 ** Number(bits);
    value = (value * root) >> bits;
  }
  return { fractions, rests };
}

/** The whole part of a square root, by Newton's method from above. */
function squareRoot(n: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
