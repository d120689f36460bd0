import type { Table1Half, Table1Row } from '@botlab/training';
import { scalerBars } from './scaler-bars';

const row = (title: string, scaler: string, accuracy: number) =>
  ({ title, scaler, accuracy }) as Table1Row;
const half: Table1Half = {
  task: 'multiclass',
  split: 'row',
  rows: [
    row('Dense', 'log', 0.7),
    row('Dense', 'log', 0.8),
    row('Dense', 'quantile', 0.86),
    row('Forest', 'log', 0.87),
  ],
};

it('has a bar for each model and scaler, the mean of its seeds', () => {
  const { data, layout } = scalerBars(half, { title: 'Scaling', ceiling: 0.878 });
  expect(data.slice(0, 2)).toMatchObject([
    { name: 'log', x: ['Dense', 'Forest'], error_y: { array: [expect.closeTo(7.07, 2), 0] } },
    { name: 'quantile', y: [86, null] },
  ]);
  expect((data[0] as { y: number[] }).y.map((value) => Number(value.toFixed(9)))).toEqual([75, 87]);
  expect(layout.shapes).toMatchObject([{ y0: 87.8, y1: 87.8 }]);
});

it('draws no ceiling where rows have several', () => {
  const { data, layout } = scalerBars(half, { title: 'Scaling' });
  expect([data.length, layout.shapes]).toEqual([2, undefined]);
});
