import { table1Bars, type Table1 } from './index';

const run = { model: 'gru', title: 'GRU', task: 'binary', accuracy: 0.98, macroF1: 0.97 } as const;
const table: Table1 = {
  rows: [
    { ...run, seed: 1, paper: { accuracy: 0.9857, f1: 0.9834 } },
    { ...run, seed: 2, accuracy: 0.99, paper: { accuracy: 0.9857, f1: 0.9834 } },
    { ...run, seed: 1, model: 'bert', title: 'BERT', accuracy: 0.5 },
    { ...run, seed: 1, task: 'multiclass', accuracy: 0.85 },
  ],
  ceiling: { binary: { accuracy: 1, macroF1: 0.99 } },
  stump: { accuracy: 0.93, macroF1: 0.81 },
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
  const { error_x } = bars[0] as { error_x: { array: number[] } };
  expect(error_x.array[0]).toBeCloseTo(Math.SQRT1_2, 10);
  expect(error_x.array[1]).toBe(0);
});

it('draws the ceiling through and the stump dotted, in both panels', () => {
  const { layout, data } = table1Bars(table, 'binary');
  const at = (x0: number, dash: string) => ({ x0, x1: x0, line: { dash } });
  expect(layout.shapes).toMatchObject([
    { xref: 'x', ...at(100, 'solid') },
    { xref: 'x2', ...at(99, 'solid') },
    { xref: 'x', ...at(93, 'dot') },
    { xref: 'x2', ...at(81, 'dot') },
  ]);
  expect(data.slice(-2)).toMatchObject([
    { name: 'ceiling of the data' },
    { name: 'best single threshold' },
  ]);
});

it('has no stump on the multiclass task, and no line it was not given', () => {
  const figure = table1Bars(table, 'multiclass');
  expect(figure.layout.shapes).toEqual([]);
  expect(figure.description).toBe('GRU: accuracy 85.00 %');
});
