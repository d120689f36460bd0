import { attention } from './index';

const texts = ({ layout }: ReturnType<typeof attention>) =>
  layout.annotations!.map(({ text }) => text);

it('is the mean of the values by the softmax of the scores', () => {
  const asking = {
    query: [Math.log(3), 0, 0, 0],
    keys: [
      [2, 5, 0, 0],
      [0, -5, 0, 0],
    ],
    values: [[4], [-8]],
  };
  const figure = attention(asking);
  expect(figure.description).toBe(
    'A query (1.1, 0, 0, 0) against 2 keys: weights 0.750, 0.250; the values, weighted so, sum to (1).',
  );
  expect(texts(figure)).toEqual(expect.arrayContaining(['0.750', '0.250', '(1)', '(−8)']));
});

it('stays finite where scores are large', () => {
  const { description } = attention({ query: [1000], keys: [[1000], [0]], values: [[1], [2]] });
  expect(description).toContain('weights 1.000, 0.000; the values, weighted so, sum to (1)');
});

it.each([
  [{ query: [1], keys: [[1]], values: [] }, '1 keys for 0 values'],
  [{ query: [1], keys: [[1, 2]], values: [[1]] }, 'a key is not as long as the query'],
  [{ query: [1], keys: [[1], [2]], values: [[1], [1, 2]] }, 'values are not equally long'],
  [{ query: [1, 2, 3, 4, 5], keys: [[1, 2, 3, 4, 5]], values: [[1]] }, '4 channels do not fit'],
])('refuses %j', (asking, fault) => {
  expect(() => attention(asking)).toThrow(fault);
});
