import { Table } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { compare } from './compare';
import { evaluate } from './evaluate';
import { fit } from './fit';
import type { FittedRun } from './fitted-run';
import { loadData, type LoadedData } from './load-data';
import { removeTemporaryRuns } from './temporary-runs';
import { tinyTable } from './tiny-table.fixture.spec';

let table: Table;
let data: LoadedData;
let runs: FittedRun[];
beforeAll(async () => {
  await useEngine('reference');
  table = await tinyTable();
  data = await loadData(table, { synthetic: true, testFraction: 0.5 });
  const brief = { epochs: 2, batchSize: 16, options: { units: [8] } };
  runs = [
    await fit('dense', data, brief),
    await fit('dense', data, { ...brief, seed: 2 }),
    await fit('forest', data, { options: { trees: 5 } }),
  ];
});

afterAll(removeTemporaryRuns);

it('sets runs side by side, seeds together, with what marks those that cannot be told apart', async () => {
  const comparison = await compare(runs);
  const { records, rows, variants, emphasise, best, synthetic, bars, others } = comparison;
  expect(records.map(({ model }) => model)).toEqual([
    'Dense (units=8)',
    'Random forest (trees=5)',
    'ceiling',
  ]);
  expect(records[0]!['accuracy (%)']).toMatch(/^(≈ )?\d+\.\d ± \d+\.\d$/);
  expect(records[0]!["paper's accuracy"]).toBe('82.45');
  expect(rows.map(({ model, seed }) => [model, seed])).toEqual([
    ['dense', 1],
    ['dense', 2],
    ['forest', 1],
  ]);
  expect(rows[2]!.accuracy).toBe(runs[2]!.metrics.accuracy);
  expect(emphasise.map((place) => records[place]!.model)).toEqual(best);
  expect(others.map(({ test }) => test)).toEqual(['mcnemar']); // of the seed that both have
  const [first, second] = runs.map(({ metrics }) => metrics.accuracy) as [number, number];
  expect(variants[0]).toMatchObject({ model: 'dense', params: runs[0]!.metrics.params });
  expect(variants[0]!.accuracy).toBeCloseTo((first + second) / 2);
  expect(variants[0]!.deviation.accuracy).toBeCloseTo(Math.abs(first - second) / Math.SQRT2);
  expect(variants[1]).not.toHaveProperty('params');
  expect(records.map(({ weights }) => weights)).toEqual(['1,027', '–', undefined]);
  expect(synthetic).toBe(true);
  expect(bars.categories).toHaveLength(2);
  expect(bars.series[0]!.values[1]).toBeCloseTo(100 * runs[2]!.metrics.accuracy);
});

it('tells runs apart by what they do not share, and takes names of one’s own', async () => {
  const log = await loadData(data, { scaler: 'log' });
  const reversed = await loadData(data, { columns: [...data.table.columns].reverse() });
  const options = { trees: 5 };
  const others = [
    await fit('forest', log, { options }),
    await fit('forest', reversed, { options }),
  ];
  const { records } = await compare([runs[2]!, ...others]);
  expect(records.map(({ model }) => model)).toEqual([
    'Random forest (trees=5, scaler=quantile)',
    'Random forest (trees=5, scaler=log)',
    'Random forest (trees=5, scaler=quantile, columns=115 named)',
    'ceiling',
  ]);
  const named = await compare({ ranks: [runs[2]!], logarithms: others[0]! });
  expect(named.rows.map(({ title }) => title)).toEqual(['ranks', 'logarithms']);
});

it('fits baselines to the same rows, those that are not there already', async () => {
  const { records } = await compare([runs[0]!], { baselines: ['stump', 'majority'] });
  expect(records.map(({ model }) => model)).toEqual([
    'Dense (units=8)',
    'Stump, for accuracy',
    'Stump, for macro F1',
    'Majority class',
    'ceiling',
  ]);
  const majority = await fit('majority', data);
  const one = await compare([majority], { baselines: ['majority'] });
  expect(one.records).toHaveLength(2);
  await expect(compare(runs, { baselines: ['majorty'] })).rejects.toThrow(
    'did you mean "majority"?',
  );
});

it('refuses no runs, and runs of two tasks', async () => {
  await expect(compare([])).rejects.toThrow('Cannot compare no runs');
  await expect(compare({ mine: [] })).rejects.toThrow('"mine", which has no run');
  const binary = await fit('majority', data, { task: 'binary' });
  await expect(compare([runs[0]!, binary])).rejects.toThrow(
    'Cannot compare runs of the multiclass and the binary task with each other',
  );
});

describe('evaluate', () => {
  it('scores the test rows as the run did, whatever else is done to the same rows', async () => {
    const { accuracy, confusion } = runs[2]!.metrics;
    expect(await evaluate(runs[2]!)).toMatchObject({ accuracy, confusion });
    const log = await loadData(data, { scaler: 'log' });
    expect(await evaluate(runs[2]!, log)).toMatchObject({ accuracy, confusion });
  });

  it('scores all rows of other data, but those of classes that it does not know', async () => {
    const some = table.take([...table.label.keys()].filter((row) => row % 3 === 0));
    const { confusion } = await evaluate(runs[2]!, some);
    expect(confusion.flat().reduce((sum, count) => sum + count)).toBe(some.rows);
    const strange = new Table({
      ...some,
      label: some.label.map((label) => (label === 5 ? 9 : label)),
    });
    const { leftOut, rows } = await evaluate(runs[2]!, await loadData(strange));
    expect(leftOut).toEqual({ rows: some.rows - rows, classes: ['mirai udp'] });
    const none = new Table({ ...some, label: some.label.map(() => 9) });
    await expect(evaluate(runs[2]!, none)).rejects.toThrow('none is of the classes');
  });
});
