import { Random } from '@botlab/random';
import { DECAY_RATES, DecayFactors, exp2 } from './decay';

/** How many float64 lie between two that are not negative. */
function steps(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(bits[0]! - bits[1]!));
}

describe('exp2', () => {
  it.each([1, 40, 1080])('is 2^x but for the last bit, for x from -%d to 0', (span) => {
    const random = new Random(1, 'exp2', span);
    let furthest = 0;
    let different = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = -span * random.float();
      const distance = steps(exp2(x), Math.pow(2, x));
      furthest = Math.max(furthest, distance);
      if (distance > 0) different++;
    }
    expect(furthest).toBeLessThanOrEqual(1);
    // Math.pow itself is a bit off in about one of ten.
    expect(different).toBeLessThan(3000);
  });
  it('is exact for whole numbers, down to the least float64', () => {
    for (let x = 0; x >= -1074; x--) expect(exp2(x)).toBe(2 ** x);
    expect(exp2(0)).toBe(1);
    expect(exp2(-0)).toBe(1);
  });
  it('underflows to 0 where rounding does', () => {
    expect(exp2(-1074.9)).toBe(Number.MIN_VALUE);
    for (const x of [-1075, -1075.1, -1e6, -Infinity]) expect(exp2(x)).toBe(0);
  });
});

describe('DecayFactors', () => {
  it('has a factor for each window', () => {
    expect([...new DecayFactors().of(2)]).toEqual(DECAY_RATES.map((rate) => exp2(-rate * 2)));
  });
  it('remembers the last gaps', () => {
    const factors = new DecayFactors();
    const first = factors.of(0.1);
    factors.of(0.2);
    factors.of(0.3);
    expect(factors.of(0.1)).toBe(first);
    expect(first[2]).toBe(exp2(-0.1));
  });
  it('is right for gaps that come again sooner or later', () => {
    const random = new Random(1, 'gaps');
    const factors = new DecayFactors();
    for (let i = 0; i < 2000; i++) {
      const gap = random.int(7) / 8;
      expect([...factors.of(gap)]).toEqual(DECAY_RATES.map((rate) => exp2(-rate * gap)));
    }
  });
});
