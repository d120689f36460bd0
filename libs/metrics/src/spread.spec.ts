import { mean, standardDeviation } from './spread';

it('is that of a sample', () => {
  expect(mean([2, 4, 9])).toBe(5);
  expect(standardDeviation([2, 4, 9])).toBeCloseTo(Math.sqrt(13), 12);
});

it('tells of no spread where there is one value', () => {
  expect(standardDeviation([0.1])).toBe(0);
});
