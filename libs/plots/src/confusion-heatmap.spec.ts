import { ConfusionMatrix } from '@botlab/metrics';
import { confusionHeatmap } from './index';

it('colours by the share of the true class, and drops classes that never occur', () => {
  const matrix = new ConfusionMatrix(['benign', 'never', 'attack', 'imagined']);
  matrix.add([0, 0, 0, 0, 2, 2], [0, 0, 0, 2, 2, 3]);
  const { data, description } = confusionHeatmap(matrix.toJSON());
  const names = ['benign', 'attack', 'imagined'];
  expect(data).toMatchObject([
    {
      x: names,
      y: names,
      z: [
        [75, 25, 0],
        [0, 50, 50],
        [0, 0, 0],
      ],
      text: [
        ['3', '1', ''],
        ['', '1', '1'],
        ['', '', ''],
      ],
    },
  ]);
  expect(description).toBe(
    'Found of each true class: benign 75.0 %; attack 50.0 %; imagined no rows.',
  );
});

it.each([
  [999, '999'],
  [1000, '1.0k'],
  [9949, '9.9k'],
  [9951, '10k'],
  [999_499, '999k'],
  [999_500, '1.0M'],
  [12_345_678, '12M'],
])('writes %d rows as %s, to fit a cell on a phone', (count, text) => {
  expect(confusionHeatmap({ classes: ['benign'], counts: [[count]] }).data).toMatchObject([
    { text: [[text]], customdata: [[count.toLocaleString('en')]] },
  ]);
});

it('refuses counts that do not fit the classes', () => {
  expect(() => confusionHeatmap({ classes: ['a', 'b'], counts: [[1]] })).toThrow(
    'expected 2 × 2 whole numbers',
  );
});
