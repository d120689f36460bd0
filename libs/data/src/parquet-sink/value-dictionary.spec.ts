import { ValueDictionary } from './value-dictionary';

it('numbers values by their bits, in the order in which they come', () => {
  const dictionary = new ValueDictionary(64);
  const column = new Float64Array(64).map((_, i) => [7, 0, -0, NaN, 5e-324][i % 5]!);
  for (let again = 0; again < 2; again++) {
    expect(dictionary.fill(column)).toBe(true);
    expect([...dictionary.values.subarray(0, dictionary.size)]).toEqual([7, 0, -0, NaN, 5e-324]);
    expect([...dictionary.indices]).toEqual([...column.keys()].map((i) => i % 5));
  }
});

it('is of no use where more than a quarter are distinct', () => {
  const dictionary = new ValueDictionary(1000);
  const column = (distinct: number): Float64Array =>
    new Float64Array(1000).map((_, i) => (i % distinct) * 2 ** 40);
  expect(dictionary.fill(column(250))).toBe(true);
  expect(dictionary.size).toBe(250);
  expect(dictionary.fill(column(251))).toBe(false);
  expect(dictionary.fill(new Float64Array(3))).toBe(false);
});

it('refuses more rows than it has places for', () => {
  expect(() => new ValueDictionary(20_000)).toThrow('for up to 16384 rows, not 20000');
});
