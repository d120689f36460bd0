import { TASKS } from '@botlab/data';
import { ClassTrees, fitForest } from '@botlab/trees';
import { z } from 'zod';
import { defineEstimator } from '../define-estimator';
import { fittedTrees, loadTreesOf } from '../fitted-trees';

export const forest = defineEstimator({
  name: 'forest',
  title: 'Random forest',
  summary:
    'Trees on rows drawn with repetition, each split chosen among some columns drawn anew (Breiman 2001).',
  kind: 'trees',
  tasks: TASKS,
  options: z.strictObject({
    trees: z.int().positive().max(10_000).default(100).describe('how many'),
    columns: z
      .int()
      .nonnegative()
      .default(0)
      .describe('columns tried for a split; 0 tries the square root of all'),
    depth: z
      .int()
      .nonnegative()
      .default(0)
      .describe('splits that a row meets at most in a tree; 0 sets no limit'),
    leastRows: z.int().positive().default(1).describe('training rows in each leaf at least'),
  }),
  async fit({ x, y }, { options, seed, classes, features, threads, signal, onProgress }) {
    const { columns, depth, ...others } = options;
    const data = { x, rows: y.length, columns: features, labels: y, classes };
    const trees = await fitForest(data, {
      ...others,
      columns: columns === 0 ? 'sqrt' : columns,
      depth: depth === 0 ? Infinity : depth,
      seed,
      ...(threads === undefined ? {} : { threads }),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    return fittedTrees(trees);
  },
  load: (file, shape) => fittedTrees(loadTreesOf(file, 'forest', ClassTrees, shape)),
});
