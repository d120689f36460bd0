import { markdownTable } from './markdown-table';

it('pads columns to one width: the first to its right, numbers to their left', () => {
  const rows = [
    ['dense', '99.85'],
    ['res-1dcnn-lstm', '9.5'],
  ];
  expect(markdownTable(['model', '%'], rows)).toBe(
    [
      '| model          |     % |',
      '| -------------- | ----: |',
      '| dense          | 99.85 |',
      '| res-1dcnn-lstm |   9.5 |',
    ].join('\n'),
  );
});
