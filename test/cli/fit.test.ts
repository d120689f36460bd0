import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@botlab/engine';
import { barChart, table1Bars } from '@botlab/plots';
import { compare, fit, loadData, removeTemporaryRuns, type RunMetrics } from '@botlab/training';
import { botlab, temporaryFolder } from './botlab';
import { writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
afterAll(removeTemporaryRuns);

const folder = writeSyntheticFolder(join(root, 'data'));

/** The metrics of the run that a command makes. */
function trained(model: string, ...more: string[]): RunMetrics & { readonly folder: string } {
  const where = ['--data', folder, '--out', join(root, model), '--engine', 'reference'];
  const { code, stdout, stderr } = botlab('train', model, ...where, '--json', ...more);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as RunMetrics & { readonly folder: string };
}

it('a line of a script makes the run of the command line, to the bit', async () => {
  const brief = ['--epochs', '2', '--task', 'multiclass'];
  const typed = trained('cnn1d', ...brief, '--rows', '200', '--scaler', 'log', '--seed', '3');
  await useEngine('reference');
  const data = await loadData(folder, { rows: 200, scaler: 'log', seed: 3 });
  const run = await fit('cnn1d', data, { epochs: 2, seed: 3 });
  expect(run.metrics.weights).toBe(typed.weights);
  expect(run.metrics.confusion).toEqual(typed.confusion);
});

it('so does one with the defaults, of what is no network, and under out it is the same folder', async () => {
  const typed = trained('forest');
  const out = join(root, 'forest');
  const run = await fit('forest', await loadData(folder), { task: 'binary', out });
  expect([run.folder.path, run.skipped]).toEqual([typed.folder, true]);
  const anew = await fit('forest', await loadData(folder), { task: 'binary' });
  expect([anew.metrics.weights, anew.skipped]).toEqual([typed.weights, false]);
});

it('figures take runs that are set side by side as they are', async () => {
  const data = await loadData(folder);
  const runs = { one: await fit('tree', data), two: await fit('stump', data) };
  const comparison = await compare(runs);
  const { task, bars } = comparison;
  const { categories } = bars;
  expect(table1Bars(comparison, task).description).toMatch(
    /^one: accuracy .*; ceiling of the data/,
  );
  const figure = barChart(bars.series, { title: 'Two', categories, y: '%' });
  expect(figure.description).toContain('accuracy: most at one');
});
