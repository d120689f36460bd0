import { TASKS } from '@botlab/data';
import { ClassTrees, fitTree } from '@botlab/trees';
import { z } from 'zod';
import { defineEstimator } from '../define-estimator';
import { fittedTrees, loadTreesOf } from '../fitted-trees';

export const tree = defineEstimator({
  name: 'tree',
  title: 'Decision tree',
  summary:
    'A classification tree (CART, Breiman et al. 1984) of a few splits: what can be told apart by two questions.',
  kind: 'trees',
  tasks: TASKS,
  options: z.strictObject({
    depth: z.int().positive().max(64).default(2).describe('splits that a row meets at most'),
    leastRows: z.int().positive().default(1).describe('training rows in each leaf at least'),
  }),
  fit({ x, y }, { options, seed, classes, features }) {
    const data = { x, rows: y.length, columns: features, labels: y, classes };
    return Promise.resolve(fittedTrees(fitTree(data, { ...options, seed })));
  },
  load: (file, shape) => fittedTrees(loadTreesOf(file, 'tree', ClassTrees, shape)),
});
