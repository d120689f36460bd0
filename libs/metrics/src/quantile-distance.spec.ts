import { doublings, quantile, quantileDistance } from './quantile-distance';

const ramp = Float64Array.from({ length: 1000 }, (_, i) => i + 1);

describe('quantile', () => {
  it('is that of NumPy: numpy.quantile([1, 2, 4, 8], part)', () => {
    const numbers = Float64Array.of(1, 2, 4, 8);
    expect([0, 0.25, 0.5, 0.9, 1].map((part) => quantile(numbers, part))).toEqual([
      1, 1.75, 3, 6.800000000000001, 8,
    ]);
  });
  it('of nothing is refused', () => {
    expect(() => quantile(new Float64Array(), 0.5)).toThrow(RangeError);
  });
});

describe('quantileDistance', () => {
  it('is 0 between a sample and itself in another order', () => {
    expect(quantileDistance(ramp, ramp.slice().reverse())).toBe(0);
  });
  it('counts doublings', () => {
    const large = ramp.map((value) => value + 1e6);
    expect(
      quantileDistance(
        large,
        large.map((value) => 2 * value),
      ),
    ).toBeCloseTo(1, 4);
    expect(
      quantileDistance(
        large,
        large.map((value) => value / 8),
      ),
    ).toBeCloseTo(3, 4);
  });
  it('is the same both ways, and knows signs', () => {
    const mirrored = ramp.map((value) => -value);
    expect(quantileDistance(ramp, mirrored)).toBe(quantileDistance(mirrored, ramp));
    expect(quantileDistance(Float64Array.of(-3), Float64Array.of(3))).toBe(4);
    expect(doublings(-3)).toBe(-2);
  });
  it('sees a part that differs, not only the middle', () => {
    const tail = ramp.map((value) => (value > 900 ? value * 1024 : value));
    expect(quantileDistance(ramp, tail)).toBeCloseTo(1, 0);
  });
  it('compares samples of different sizes', () => {
    const half = ramp.filter((_, i) => i % 2 === 0);
    expect(quantileDistance(ramp, half)).toBeLessThan(0.01);
  });
});
