import { InputError } from '@botlab/errors';
import { z } from 'zod';
import { defineEstimator } from './define-estimator';
import type { EstimatorDefinition } from './estimator';
import { getEstimator, listEstimators, requireTask } from './registry';

function defined(name: string, title = 'Of a test'): EstimatorDefinition {
  return defineEstimator({
    ...{ name, title, summary: 'Of a test.', kind: 'rule', tasks: ['binary'] },
    options: z.strictObject({}),
    fit: () => Promise.reject(new Error('not fitted here')),
    load: () => Promise.reject(new Error('not loaded here')),
  });
}

it("lists the paper's five in its order, other networks, then the rest in theirs", () => {
  const names = listEstimators().map(({ name }) => name);
  expect(names.slice(0, 6)).toEqual([
    'dense',
    'gru',
    'cnn1d',
    'cnn-lstm',
    'res-1dcnn-lstm',
    'bert',
  ]);
  expect(names.slice(6)).toEqual([
    'boosting',
    'forest',
    'tree',
    'logistic',
    'stump',
    'majority',
    'isolation-forest',
  ]);
});

it('suggests the nearest name among networks and others', () => {
  expect(() => getEstimator('logistc')).toThrow(InputError);
  expect(() => getEstimator('logistc')).toThrow(/Unknown model "logistc".*did you mean "logistic"/);
  expect(() => getEstimator('cnn2d')).toThrow(/did you mean "cnn1d"/);
});

it('says which task an estimator can do', () => {
  expect(() => requireTask(getEstimator('stump'), 'multiclass')).not.toThrow();
  expect(() => requireTask(getEstimator('isolation-forest'), 'multiclass')).toThrow(
    /^Cannot train isolation-forest on the multiclass task: .*use --task binary\.$/,
  );
});

it('lists a new one after the others, and its later definition instead', () => {
  defined('a-rule');
  defined('a-rule', 'Another title');
  expect(listEstimators().at(-1)).toMatchObject({ name: 'a-rule', title: 'Another title' });
});

it('refuses names that no folder should have, and that of a network', () => {
  expect(() => defined('A rule')).toThrow(RangeError);
  defined('gru');
  expect(() => listEstimators()).toThrow(/a network and another have the name "gru"/);
});
