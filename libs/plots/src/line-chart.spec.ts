import { lineChart } from './index';

it('draws a line for each series, from 0 where no x is given', () => {
  const figure = lineChart(
    [
      { name: 'a < b', y: [3, 2, null, 1] },
      { name: 'points', x: [1, 4], y: [5, 6], markers: 'only', error: [0.5, 1] },
    ],
    { title: 'Loss', x: 'step', y: 'loss', logY: true },
  );
  expect(figure.data).toMatchObject([
    { name: 'a &lt; b', mode: 'lines', x: [0, 1, 2, 3], y: [3, 2, null, 1] },
    { mode: 'markers', x: [1, 4], error_y: { array: [0.5, 1] } },
  ]);
  expect(figure.layout).toMatchObject({ yaxis: { type: 'log' }, showlegend: true });
  expect(figure.description).toBe(
    'loss over step. a < b: from 3.00 to 1.00; points: from 5.00 to 6.00.',
  );
});

it('needs no legend for one line, and survives one without values', () => {
  const figure = lineChart([{ name: 'none', y: [] }], { title: 'Empty', x: 'x', y: 'y' });
  expect(figure.layout.showlegend).toBe(false);
  expect(figure.description).toContain('none: no values');
});

it.each([
  [[0.8, 5], { exponentformat: 'SI', minorloglabels: 'complete' }],
  [[1e-5, null, 0, 2], { exponentformat: 'power', minorloglabels: 'none' }],
])('labels a logarithmic axis by how far %j reach', (y, yaxis) => {
  const { layout } = lineChart([{ name: 'a', y }], { title: 'A', x: 'x', y: 'y', logY: true });
  expect(layout).toMatchObject({ yaxis });
});
