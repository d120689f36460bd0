import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Source, Table } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { useEngine } from '@botlab/engine';
import { sourceOf } from './devices.fixture.spec';
import { evaluateRun } from './evaluate-run';
import { prepareData } from './prepare-data';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { type Run, train } from './train';

const out = temporaryFolder();
const open = () => Promise.resolve(tinySource);
/** The same rows but for one number of each file. */
const openChanged = (): Promise<Source> =>
  Promise.resolve({
    ...tinySource,
    read: async (...args) => {
      const table = await tinySource.read(...args);
      table.features[0] = 99;
      return table;
    },
  });
let run: Run;

beforeAll(async () => {
  await useEngine('reference');
  const data = await prepareData(tinySource, tinySpec);
  run = await train(tinyConfig({ checksum: data.checksum }), data, { out });
});
afterAll(() => rmSync(out, { recursive: true }));

it('finds the scores of the run again on its own test rows', async () => {
  const { evaluation } = await evaluateRun(run.folder.path, { open });
  const { accuracy, confusion, loss } = run.metrics;
  expect(evaluation).toMatchObject({ accuracy, confusion, loss });
});

it('evaluates all rows of other data', async () => {
  const other = { kind: 'csv', folder: '/other' } as const;
  const found = await evaluateRun(run.folder.path, { open: openChanged, other });
  expect(found.scored).toBe('all');
  expect(found.evaluation.rows).toBe(tinySource.rows);
  expect(found.evaluation.accuracy).toBeGreaterThan(0.9);
});

it('knows its own rows in a folder that was moved, under other names, and scores its test rows', async () => {
  const files = tinySource.files.map((file) => ({ ...file, name: `moved/${file.name}.gz` }));
  const moved: Source = {
    ...tinySource,
    files,
    read: async (...args) => new Table({ ...(await tinySource.read(...args)), files }),
  };
  const other = { kind: 'csv', folder: '/moved' } as const;
  const found = await evaluateRun(run.folder.path, { open: () => Promise.resolve(moved), other });
  expect(found.scored).toBe('test');
  const { accuracy, confusion, loss } = run.metrics;
  expect(found.evaluation).toMatchObject({ rows: 24, accuracy, confusion, loss });
});

it('says how to name the folder of its rows where that is gone', async () => {
  const gone = () => Promise.reject(new InputError('Cannot read /nowhere: it does not exist.'));
  await expect(evaluateRun(run.folder.path, { open: gone })).rejects.toThrow(
    /the folder of its rows, \/nowhere, is no longer there; say where they are now with --data DIR/,
  );
});

it('leaves rows of other data out that are of classes it was not trained on', async () => {
  const data = await prepareData(sourceOf(['camera', 0, 40], ['camera', 4, 40]), tinySpec);
  const config = tinyConfig({ task: 'multiclass', seed: 3, checksum: data.checksum });
  const multiclass = await train(config, data, { out });
  const onPredictions = jest.fn();
  const options = { other: { kind: 'csv', folder: '/other' }, onPredictions } as const;
  const { path } = multiclass.folder;
  const { evaluation } = await evaluateRun(path, { open, ...options });
  expect(evaluation.rows).toBe(80);
  expect(evaluation.leftOut).toEqual({ rows: 40, classes: ['gafgyt udp'] });
  expect(onPredictions).toHaveBeenCalledTimes(2);
  const strange = sourceOf(['camera', 7, 5], ['camera', 8, 5]);
  await expect(
    evaluateRun(path, { open: () => Promise.resolve(strange), ...options }),
  ).rejects.toThrow(/no row of the classes .*\(benign, gafgyt tcp\); name another folder/);
});

it('says that the data have changed', async () => {
  const opened = evaluateRun(run.folder.path, { open: openChanged });
  await expect(opened).rejects.toThrow(/have changed since.*pass --data/);
});

it('says what is not a finished run', async () => {
  await expect(evaluateRun(out, { open })).rejects.toThrow(/it is not a run folder/);
  rmSync(join(run.folder.path, 'DONE'));
  await expect(evaluateRun(run.folder.path, { open })).rejects.toThrow(/not finished/);
  run.folder.finish();
});

it('says when config and weights disagree', async () => {
  const config = run.folder.readConfig();
  run.folder.writeConfig({ ...config, options: { units: [9] } });
  await expect(evaluateRun(run.folder.path, { open })).rejects.toThrow(
    /config\.json and checkpoint are of different models/,
  );
  run.folder.writeConfig(config);
  writeFileSync(run.folder.weights, 'no tensors at all');
  await expect(evaluateRun(run.folder.path, { open })).rejects.toThrow(
    /Cannot read the checkpoint/,
  );
});
