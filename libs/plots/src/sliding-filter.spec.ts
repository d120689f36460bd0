import { slidingFilter } from './index';

const texts = ({ layout }: ReturnType<typeof slidingFilter>) =>
  layout.annotations!.map(({ text }) => text);

it('is the sum of products at each place', () => {
  const figure = slidingFilter([2, 0, 1, 3], [1, 0, -1], { bias: 0.5 });
  expect(figure.description).toBe(
    'A filter of 3 weights over 4 inputs, padding 0, stride 1: 2 outputs, 1.5, −2.5.',
  );
  expect(texts(figure)).toEqual(expect.arrayContaining(['= 1.5', '= −2.5']));
});

it.each([
  [1, 7],
  [2, 4],
  [3, 3],
])('has ⌈7 / %d⌉ = %d outputs with padding "same"', (stride, count) => {
  const row = [1, 2, 3, 4, 5, 6, 7];
  const { description } = slidingFilter(row, [1, 1, 1], { stride, padding: 'same' });
  expect(description).toContain(`: ${count} outputs`);
});

it('puts the odd zero behind the row, as tfjs does', () => {
  expect(slidingFilter([1, 2], [1, 10], { padding: 'same' }).description).toContain('21, 2.');
});

it('refuses what does not fit', () => {
  expect(() => slidingFilter([1], [1, 2])).toThrow('2 weights do not fit 1 cells');
  expect(() => slidingFilter([1, 2], [1], { stride: 0 })).toThrow('stride 0');
  expect(() => slidingFilter(Array<number>(17).fill(0), [1])).toThrow(
    '17 cells are more than the 16',
  );
});
