import { reportTable } from './report-table';

it('aligns columns of numbers, names rows, and lets rows stand out', () => {
  const html = reportTable({
    caption: 'Scores',
    columns: ['Model', 'Accuracy', 'Note'],
    rows: [
      ['Dense', '96.32 ± 0.10', '1 seed'],
      ['GRU', '–', 'ran 3 times'],
      ['LSTM', 12345.67891, ''],
    ],
    emphasise: [1],
  });
  expect(html).toContain('<caption>Scores</caption>');
  expect(html).toContain('<th scope="col" class="number">Accuracy</th><th scope="col">Note</th>');
  expect(html).toContain('<tr><th scope="row">Dense</th><td class="number">96.32 ± 0.10</td>');
  expect(html).toContain('<tr class="emphasis"><th scope="row">GRU</th>');
  expect(html).toContain('<td class="number">12,345.6789</td>');
});

it('writes an empty cell where a row is short', () => {
  expect(reportTable({ columns: ['a', 'b'], rows: [['x']] })).toContain(
    '<th scope="row">x</th><td></td>',
  );
});
