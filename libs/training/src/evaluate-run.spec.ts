import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@botlab/engine';
import { evaluateRun } from './evaluate-run';
import { prepareData } from './prepare-data';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { type Run, train } from './train';

const out = temporaryFolder();
const open = () => Promise.resolve(tinySource);
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
  const { evaluation } = await evaluateRun(run.folder.path, {
    open,
    other: { kind: 'csv', folder: '/other' },
  });
  expect(evaluation.rows).toBe(tinySource.rows);
  expect(evaluation.accuracy).toBeGreaterThan(0.9);
});

it('says that the data have changed', async () => {
  const changed = {
    ...tinySource,
    read: async (...args: Parameters<typeof tinySource.read>) => {
      const table = await tinySource.read(...args);
      table.features[0] = 99;
      return table;
    },
  };
  const opened = evaluateRun(run.folder.path, { open: () => Promise.resolve(changed) });
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
