import { count, counted } from './count';
import { percent } from './percent';
import { shortNumber } from './short-number';
import { threeDigits } from './three-digits';

it('sets thousands apart, and gives a noun its s', () => {
  expect(count(353_130)).toBe('353,130');
  expect([0, 1, 7_062_606].map((n) => counted(n, 'row'))).toEqual([
    '0 rows',
    '1 row',
    '7,062,606 rows',
  ]);
});

it('gives a fraction in per cent with two decimals', () => {
  expect([0, 0.98889, 1].map(percent)).toEqual(['0.00', '98.89', '100.00']);
});

it('gives times and rates three digits that count', () => {
  expect([0, 0.012345, 12.345, 99.96, 12_345.6].map(shortNumber)).toEqual([
    ...['0', '0.0123', '12.3', '100', '12,346'],
  ]);
});

it('gives numbers of any size three digits', () => {
  expect([0, 0.25, -12.345, 0.000123456, 4.2e9].map(threeDigits)).toEqual([
    ...['0', '0.25', '-12.3', '1.23e-4', '4.20e+9'],
  ]);
});
