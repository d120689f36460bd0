import { exponentialUpTo0 } from './exponential';

it('is within 2 units in the last place', () => {
  for (let i = 0; i <= 100_000; i++) {
    const x = -(i * i) / 1.5e7;
    const exact = Math.exp(x);
    if (!(Math.abs(exponentialUpTo0(x) - exact) <= exact * 2 ** -51)) {
      throw new Error(`e^${x} is ${exponentialUpTo0(x)}, expected ${exact}`);
    }
  }
});
it('is 1 at 0, and 0 far below', () => {
  expect(exponentialUpTo0(0)).toBe(1);
  expect(exponentialUpTo0(-700)).toBeGreaterThan(0);
  for (const x of [-700.1, -1e6, -Infinity]) expect(exponentialUpTo0(x)).toBe(0);
});
