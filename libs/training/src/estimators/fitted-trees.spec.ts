import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { getEstimator } from './registry';
import type { EstimatorDefinition } from './estimator';

const folder = mkdtempSync(join(tmpdir(), 'botlab-trees-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rows = 60;
const x = Float32Array.from({ length: 3 * rows }, (_, i) => (i * 7919) % 101);
const y = Uint8Array.from({ length: rows }, (_, row) =>
  x[3 * row]! > 50 !== x[3 * row + 1]! > 30 ? 1 : 0,
);
const shape = { classes: 2, features: 3 };

const definitionOf = (name: string) => getEstimator(name) as EstimatorDefinition;
const fit = (name: string, options: Record<string, unknown> = {}) => {
  const definition = definitionOf(name);
  return definition.fit(
    { x, y, rows: new Uint32Array(rows) },
    {
      ...shape,
      ...{ seed: 1, threads: 1, options: definition.options.parse(options) },
    },
  );
};

it('refuses the trees of another estimator, or of another shape, with the file', async () => {
  const file = join(folder, 'tree.safetensors');
  await (await fit('tree')).save(file);
  const load =
    (name: string, other = {}) =>
    () =>
      definitionOf(name).load(file, { ...shape, ...other, options: {} });
  for (const [attempt, why] of [
    [load('forest'), 'into forest: it is of tree'],
    [load('isolation-forest'), 'into isolation-forest: it is of tree'],
    [load('tree', { features: 4 }), 'into tree: expected trees of 4 columns, got 3'],
    [load('tree', { classes: 11 }), 'into tree: expected trees of 11 classes, got 2'],
  ] as const) {
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(`Cannot load ${file} ${why}; delete its run folder and train again.`);
  }
});

it('a forest is as large as its options say', async () => {
  const { facts } = await fit('forest', { trees: 7, depth: 2, columns: 3, leastRows: 4 });
  expect(facts).toMatchObject({ trees: 7, depth: 2 });
  const whole = await fit('forest', { trees: 7 });
  expect(whole.facts['depth']).toBeGreaterThan(2);
});

it('an isolation forest answers with its score, and takes for an attack what is above a half', async () => {
  const fitted = await fit('isolation-forest', { trees: 20 });
  const { logits, labels } = await fitted.predict(x);
  labels.forEach((label, row) => {
    const [benign, attack] = [...logits.subarray(2 * row, 2 * row + 2)].map(Math.exp);
    expect(benign! + attack!).toBeCloseTo(1, 6);
    expect(label).toBe(attack! > 0.5 ? 1 : 0);
  });
  expect(new Set(labels).size).toBe(2);
});

it('an isolation forest of benign rows does not depend on the others', async () => {
  const scores = async (x: Float32Array) => {
    const definition = definitionOf('isolation-forest');
    const context = { ...shape, seed: 1, options: definition.options.parse({ rows: 'benign' }) };
    const fitted = await definition.fit({ x, y, rows: new Uint32Array(rows) }, context);
    return (await fitted.predict(Float32Array.of(1, 2, 3, 200, 200, 200))).logits;
  };
  const changed = x.map((value, i) => (y[Math.floor(i / 3)] === 1 ? value * 10 : value));
  expect(await scores(changed)).toEqual(await scores(x));
});

it('an isolation forest of benign rows says where there are none', () => {
  const definition = definitionOf('isolation-forest');
  const context = { ...shape, seed: 1, options: definition.options.parse({ rows: 'benign' }) };
  const attacks = { x, y: y.slice().fill(1), rows: new Uint32Array(rows) };
  const fit = () => definition.fit(attacks, context);
  expect(fit).toThrow(InputError);
  expect(fit).toThrow('no training row is benign; add some, or use rows=all.');
});
