import { InputError } from '@botlab/errors';
import { requireLabelledRows, requireNumbers, requireRows } from './rows';

const x = Float32Array.of(1, 2, 3, 4);
const data = { x, rows: 2, columns: 2, labels: Uint8Array.of(0, 1), classes: 2 };

it('takes rows of two classes', () => {
  expect(() => requireLabelledRows(data)).not.toThrow();
});

it.each([
  ['no rows', { rows: 0, x: new Float32Array(0) }, 'no rows'],
  ['no columns', { columns: 0, x: new Float32Array(0) }, 'rows without columns'],
  ['too many rows', { rows: 2 ** 23 + 1 }, '8388609 rows: at most 8388608 (2^23)'],
  ['too many classes', { classes: 65 }, '65 classes: at most 64'],
  ['one class', { labels: Uint8Array.of(1, 1) }, 'rows of one class: all 2 are of class 1'],
])('refuses %s', (_, change, words) => {
  const fit = () => requireLabelledRows({ ...data, ...change });
  expect(fit).toThrow(InputError);
  expect(fit).toThrow(words);
});

it('takes no labels beyond the classes and no arrays of another size: those are bugs', () => {
  expect(() => requireLabelledRows({ ...data, labels: Uint8Array.of(0, 2) })).toThrow(RangeError);
  expect(() => requireLabelledRows({ ...data, labels: Uint8Array.of(0) })).toThrow(RangeError);
  expect(() => requireRows({ ...data, rows: 3 })).toThrow(RangeError);
  expect(() => requireRows({ ...data, rows: 4 / 3, columns: 3 })).toThrow(RangeError);
});

it.each([NaN, Infinity, -Infinity])('finds %d wherever it is', (odd) => {
  for (let at = 0; at < 9; at++) {
    const x = new Float32Array(9).fill(-1e38);
    expect(() => requireNumbers({ x, rows: 3, columns: 3 })).not.toThrow();
    x[at] = odd;
    const [row, column] = [Math.floor(at / 3) + 1, (at % 3) + 1];
    expect(() => requireNumbers({ x, rows: 3, columns: 3 })).toThrow(
      `Row ${row}, column ${column} is ${odd}: trees take finite numbers`,
    );
  }
});
