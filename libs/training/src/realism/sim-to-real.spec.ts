import { rmSync } from 'node:fs';
import { useEngine, type RunningEngine } from '@botlab/engine';
import type { Source } from '@botlab/data';
import { temporaryFolder, tinyConfig, tinySource, tinySpec } from '../tiny-data.fixture.spec';
import { simToReal, type SimToRealPlan } from './sim-to-real';

const out = temporaryFolder();
afterAll(() => rmSync(out, { recursive: true }));

const { training } = tinyConfig();
const plan: SimToRealPlan = {
  model: 'dense',
  data: tinySpec,
  training: { ...training, epochs: 6 },
  seed: 1,
  testRows: 1000,
};
let engine: RunningEngine;
beforeAll(async () => {
  engine = await useEngine('reference');
});

it('tests on all rows of the genuine source what was trained on the simulated one', async () => {
  const result = await simToReal(plan, tinySource, tinySource, engine, { out });
  expect(result.run.metrics.rows).toBe(24); // a fifth of the simulated rows
  expect(result.evaluation.rows).toBe(tinySource.rows);
  expect(result.evaluation.macroRecall).toBeGreaterThan(0.9);
  expect(result.detections.map(({ label, rows }) => [label, rows])).toEqual([
    [0, 40],
    [4, 40],
    [5, 40],
  ]);
  const [benign, tcp] = result.detections;
  expect(benign!.flagged).toBeLessThan(8);
  expect(tcp!.flagged).toBeGreaterThan(32);
});

it('fails where the genuine rows are otherwise: its figures are not those of the training', async () => {
  const mirrored: Source = {
    ...tinySource,
    read: async (...args) => {
      const table = await tinySource.read(...args);
      table.features.forEach((value, i) => (table.features[i] = -value));
      return table;
    },
  };
  const { run, evaluation } = await simToReal(plan, tinySource, mirrored, engine, { out });
  expect(run.skipped).toBe(true);
  expect(run.metrics.macroRecall).toBeGreaterThan(0.9);
  expect(evaluation.macroRecall).toBeLessThan(0.2);
});

it('takes no more genuine rows than it may', async () => {
  const { evaluation } = await simToReal(
    { ...plan, testRows: 30 },
    tinySource,
    tinySource,
    engine,
    {
      out,
    },
  );
  expect(evaluation.rows).toBe(30);
});
