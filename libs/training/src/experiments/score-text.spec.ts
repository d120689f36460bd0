import { decimalsOf, meanPercent } from './score-text';

it.each([
  [0.86, 2_000, 1],
  [0.86, 70_626, 2],
  [0.9995, 2_000, 2],
  [1, 2_000, 2],
  [1, 40, 1],
  [0.98, 600, 1],
])('prints %d of %i rows with %i decimals', (share, rows, decimals) => {
  expect(decimalsOf(share, rows)).toBe(decimals);
});

it('never rounds up to all rows what is not all of them', () => {
  for (let rows = 10; rows < 20_000; rows += 7) {
    const share = (rows - 1) / rows;
    expect(meanPercent([share], decimalsOf(share, rows))).not.toMatch(/^100/);
  }
});

it('is the mean, and the sample deviation of several', () => {
  expect(meanPercent([0.5])).toBe('50.00');
  expect(meanPercent([0.4, 0.6], 1)).toBe('50.0 ± 14.1');
});
