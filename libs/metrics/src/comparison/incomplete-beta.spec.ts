import { incompleteBeta, studentTwoSided } from './incomplete-beta';

// By 2 * scipy.stats.t.sf(|t|, freedom), scipy 1.17.1.
it.each([
  [0.5, 1, 0.7048327646991335],
  [2, 4, 0.11611652351681556],
  [-3, 7.5, 0.018390938608204507],
  [1.96, 1e5, 0.04999856319430168],
  [12, 3, 0.0012450158007893362],
  [1e-3, 2, 0.9992928933955901],
])('has for t = %d with %d degrees of freedom the p-value of scipy', (t, freedom, p) => {
  expect(Math.abs(studentTwoSided(t, freedom) / p - 1)).toBeLessThan(1e-9);
});

it('goes from 0 to 1 and is its own mirror', () => {
  expect(incompleteBeta(0, 2, 3)).toBe(0);
  expect(incompleteBeta(1, 2, 3)).toBe(1);
  for (const x of [0.01, 0.3, 0.5, 0.9]) {
    expect(incompleteBeta(x, 2, 5) + incompleteBeta(1 - x, 5, 2)).toBeCloseTo(1, 14);
    // Of a polynomial: I_x(1, b) = 1 − (1 − x)^b.
    expect(incompleteBeta(x, 1, 4)).toBeCloseTo(1 - (1 - x) ** 4, 14);
  }
});
