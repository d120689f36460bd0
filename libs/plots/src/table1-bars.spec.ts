import { table1Bars, type Table1 } from './index';

const run = {
  model: 'gru',
  title: 'GRU',
  task: 'binary',
  accuracy: 0.98,
  weightedF1: 0.97,
} as const;
const table: Table1 = {
  rows: [
    { ...run, seed: 1, paper: { accuracy: 0.9857, f1: 0.9834 } },
    { ...run, seed: 2, accuracy: 0.99, paper: { accuracy: 0.9857, f1: 0.9834 } },
    { ...run, seed: 1, model: 'bert', title: 'BERT', accuracy: 0.5 },
    { ...run, seed: 1, task: 'multiclass', accuracy: 0.85 },
  ],
  ceiling: { binary: { accuracy: 0.995 } },
};

it('sets the mean over seeds beside what the paper says, where it says something', () => {
  const { data } = table1Bars(table, 'binary');
  const bars = data.filter(({ type }) => type === 'bar');
  expect(bars).toMatchObject([
    { name: 'ours', y: ['GRU', 'BERT'], text: ['98.50', '50.00'], xaxis: 'x' },
    { name: "the paper's", text: ['98.57', ''], xaxis: 'x' },
    { name: 'ours', text: ['97.00', '97.00'], xaxis: 'x2' },
    { name: "the paper's", text: ['98.34', ''], xaxis: 'x2' },
  ]);
  // The sample deviation of 98 and 99.
  const { error_x } = bars[0] as { error_x: { array: (number | null)[] } };
  expect(error_x.array[0]).toBeCloseTo(Math.SQRT1_2, 10);
  expect(error_x.array[1]).toBeNull();
});

it('sets a bar without a partner in the middle of its place', () => {
  const [ours, papers] = table1Bars(table, 'binary').data as unknown as [
    { offset: number[]; width: number },
    { offset: number; width: number },
  ];
  expect(ours.offset[0]! + ours.width).toBeLessThan(papers.offset);
  expect(ours.offset[1]! + ours.width / 2).toBe(0);
});

it('draws the ceiling through the bars of accuracy, which it bounds', () => {
  const { layout, data } = table1Bars(table, 'binary');
  expect(layout.shapes).toMatchObject([{ xref: 'x', x0: 99.5, x1: 99.5 }]);
  expect(data.at(-1)).toMatchObject({ name: 'ceiling of the data' });
});

it('has no line that it was not given', () => {
  const figure = table1Bars(table, 'multiclass', { decimals: 1 });
  expect(figure.layout.shapes).toEqual([]);
  expect(figure.description).toBe('GRU: accuracy 85.00 %');
  expect(figure.data[0]).toMatchObject({ text: ['85.0'] });
});

it('tells variants of a model apart, and by their scaler where there are several', () => {
  const rows = [
    { ...run, seed: 1, variant: 'gru-log', scaler: 'log' },
    { ...run, seed: 2, variant: 'gru-log', scaler: 'log', accuracy: 0.99 },
    { ...run, seed: 1, variant: 'gru-min-max', scaler: 'min-max' },
  ];
  const [ours] = table1Bars({ rows }, 'binary').data;
  expect(ours).toMatchObject({ y: ['GRU, log', 'GRU, min-max'], text: ['98.50', '98.00'] });
});
