import { barChart } from './index';

const options = { title: 'Splits', categories: ['GRU', '<b>'], x: 'model', y: 'accuracy' };

it('draws bars side by side for each category', () => {
  const figure = barChart(
    [
      { name: 'row', values: [0.9, 0.8], error: [0.1, 0] },
      { name: 'device', values: [0.7, null] },
    ],
    options,
  );
  expect(figure.data).toMatchObject([
    { x: ['GRU', '&lt;b&gt;'], y: [0.9, 0.8], error_y: { array: [0.1, 0] } },
    { y: [0.7, null] },
  ]);
  expect(figure.layout).toMatchObject({ barmode: 'group', showlegend: true });
  expect(figure.description).toBe('accuracy. row: most at GRU, 0.900; device: most at GRU, 0.700.');
});

it('lies down with the first category on top', () => {
  const { data, layout } = barChart([{ name: 'row', values: [1, 2] }], {
    ...options,
    horizontal: true,
    stacked: true,
  });
  expect(data).toMatchObject([{ orientation: 'h', x: [1, 2], y: ['GRU', '&lt;b&gt;'] }]);
  expect(layout).toMatchObject({
    barmode: 'stack',
    yaxis: { autorange: 'reversed', title: { text: 'model' } },
    xaxis: { title: { text: 'accuracy' } },
  });
});

it('refuses bars that do not fit the categories', () => {
  expect(() => barChart([{ name: 'row', values: [1] }], options)).toThrow(
    'Cannot draw the bars "row": 1 values for 2 categories',
  );
});
