import { InputError } from '@botlab/errors';
import { fitIsolationForest, IsolationForest, saveTrees } from '@botlab/trees';
import { z } from 'zod';
import { defineEstimator } from '../define-estimator';
import type { FittedEstimator } from '../estimator';
import { loadTreesOf } from '../fitted-trees';
import { only } from '../../task-data';

/** For each class of the binary task whether it is benign. */
const BENIGN = [true, false];

/**
 * What isolates easily is taken for an attack: where the score is above a half, which is that of rows that are all
 * alike, and where scikit-learn's `contamination='auto'` has its threshold too. The score stands for the
 * probability, so that it ranks rows.
 */
export const isolationForest = defineEstimator({
  name: 'isolation-forest',
  title: 'Isolation forest',
  summary:
    'Takes for an attack what few random splits tell from the rest, without labels (Liu et al. 2008): where most rows are attacks, that is benign traffic.',
  kind: 'anomaly',
  tasks: ['binary'],
  options: z.strictObject({
    trees: z.int().positive().max(10_000).default(100).describe('how many'),
    sample: z.int().min(2).default(256).describe('rows that each tree is grown on at most'),
    rows: z
      .enum(['all', 'benign'])
      .default('all')
      .describe('what it is fitted to: all rows, or those labelled benign alone'),
  }),
  fit(train, { options: { rows, ...options }, seed, features }) {
    const known = rows === 'all' ? train.x : only(train, BENIGN).x;
    if (known.length === 0) {
      throw new InputError(
        'Cannot fit isolation-forest to benign rows: no training row is benign; add some, or use rows=all.',
      );
    }
    const data = { x: known, rows: known.length / features, columns: features };
    return Promise.resolve(fitted(fitIsolationForest(data, { ...options, seed })));
  },
  load: (file, shape) => fitted(loadTreesOf(file, 'isolation-forest', IsolationForest, shape)),
});

function fitted(forest: IsolationForest): FittedEstimator {
  return {
    predict(x) {
      const scores = forest.score(x);
      const logits = new Float32Array(2 * scores.length);
      scores.forEach((score, row) => {
        logits[2 * row] = Math.log(1 - score);
        logits[2 * row + 1] = Math.log(score);
      });
      const labels = Uint8Array.from(scores, (_, row) =>
        logits[2 * row + 1]! > logits[2 * row]! ? 1 : 0,
      );
      return Promise.resolve({ logits, labels });
    },
    save: (file) => Promise.resolve(saveTrees(forest, file)),
    facts: forest.facts,
  };
}
