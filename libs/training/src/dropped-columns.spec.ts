import { rmSync } from 'node:fs';
import { FEATURE_NAMES } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { boundsOf, otherLeakage } from './bounds';
import { evaluateRun } from './evaluate-run';
import { rowSetOf } from './experiments/row-sets';
import { prepareData } from './prepare-data';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from './tiny-data.fixture.spec';
import { train } from './train';

const out = temporaryFolder();
beforeAll(() => useEngine('reference'));
afterAll(() => rmSync(out, { recursive: true }));

/** All columns but one that tells nothing: the value of each class is the same in every seventh. */
const drop = FEATURE_NAMES.filter((_, column) => column % 7 !== 0);

it('are 0 to a model, of either leakage', async () => {
  const data = await prepareData(tinySource, { ...tinySpec, drop });
  const told = Array.from(data.train.x).filter((value, i) => value !== 0 && (i % 115) % 7 !== 0);
  expect(told).toEqual([]);
  expect(data.train.x.some((value) => value !== 0)).toBe(true);
  for (const leakage of [tinySpec.leakage, otherLeakage(tinySpec.leakage)]) {
    const { stump } = boundsOf(data, leakage);
    expect(drop).not.toContain(stump.feature);
    expect(stump.accuracy).toBeLessThan(0.9);
  }
  expect(rowSetOf(data).data.drop).toEqual(drop);
});

it('are part of what a run is, and of how it is evaluated', async () => {
  const spec = { ...tinySpec, drop };
  const data = await prepareData(tinySource, spec);
  const config = tinyConfig({ data: spec, checksum: data.checksum });
  const run = await train(config, data, { out });
  const open = () => Promise.resolve(tinySource);
  const { evaluation } = await evaluateRun(run.folder.path, { open });
  expect(evaluation.confusion).toEqual(run.metrics.confusion);
  const fewer = tinyConfig({ data: { ...spec, drop: drop.slice(1) }, checksum: data.checksum });
  await expect(train(fewer, data, { out })).rejects.toThrow(/it holds a run with drop \[/);
});

it('are refused by name', async () => {
  const misspelt = { ...tinySpec, drop: ['HH_L5_pccc'] };
  await expect(prepareData(tinySource, misspelt)).rejects.toThrow(
    'Unknown column "HH_L5_pccc": expected one of 115, such as MI_dir_L5_weight, MI_dir_L5_mean, MI_dir_L5_variance; did you mean "HH_L5_pcc"?',
  );
});
