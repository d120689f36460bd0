import fc from 'fast-check';
import { FEATURE_NAMES } from '../schema';
import { CsvText } from './csv-text';

const WIDTH = FEATURE_NAMES.length;

/** The lines of rows, as a writer gives them that has written `before`. */
function lines(rows: Float64Array, before: readonly Float64Array[] = []): string[] {
  const text = new CsvText();
  for (const earlier of before) text.encode(earlier);
  const written = Buffer.from(text.encode(rows)).toString('latin1');
  expect(written.endsWith('\n')).toBe(true);
  return written.slice(0, -1).split('\n');
}

/** As the language writes them. */
function expected(rows: Float64Array): string[] {
  return Array.from({ length: rows.length / WIDTH }, (_, row) =>
    rows.subarray(row * WIDTH, (row + 1) * WIDTH).join(','),
  );
}

it('has the names in its header', () => {
  expect(Buffer.from(CsvText.header).toString()).toBe(`${FEATURE_NAMES.join(',')}\n`);
});

it('writes every number in its shortest form, whatever it wrote before', () => {
  const number = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.double({ min: -2000, max: 2000, noNaN: true }),
    fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
    fc.constantFrom(0, -0, 60, 1, 1e21, 1e-7, 5e-324, -Number.MAX_VALUE),
  );
  const some = fc.array(number, { minLength: 4 * WIDTH, maxLength: 4 * WIDTH });
  const rows = some.map((cells) => Float64Array.from(cells));
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      expect(lines(second, [first, second])).toEqual(expected(second));
    }),
    { numRuns: 50, seed: 1 },
  );
});

it('finds room for the longest numbers, side by side', () => {
  for (const longest of [-1.2345678901234567e-6, -2.2250738585072014e-308]) {
    const rows = new Float64Array(50 * WIDTH).map((_, i) =>
      i % 3 ? longest : longest * (1 + i * 2 ** -50),
    );
    expect(lines(rows)).toEqual(expected(rows));
  }
});

it('takes rows from the middle of an array', () => {
  const all = Float64Array.from({ length: 3 * WIDTH }, (_, i) => i / 7);
  expect(lines(all.subarray(WIDTH))).toEqual(expected(all).slice(1));
});
