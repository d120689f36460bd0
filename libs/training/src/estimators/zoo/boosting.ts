import { TASKS } from '@botlab/data';
import { BoostedTrees, type BoostingOptions, fitBoostedTrees } from '@botlab/trees';
import { z } from 'zod';
import { defineEstimator } from '../define-estimator';
import type { FitContext } from '../estimator';
import { fittedTrees, loadTreesOf } from '../fitted-trees';

/** Probabilities that boosting gives are fitted: they stay as they are, but for none being 0. */
const DOUBT = 2 ** -100;

const options = z.strictObject({
  rounds: z
    .int()
    .positive()
    .max(100_000)
    .default(100)
    .describe('rounds, each of a tree for each class (one tree for two classes)'),
  leaves: z.int().min(2).max(65_536).default(31).describe('leaves of a tree at most'),
  rate: z.number().positive().max(1).default(0.1).describe('what each tree counts'),
  leastRows: z.int().positive().default(20).describe('training rows in each leaf at least'),
  lambda: z.number().nonnegative().default(0).describe('what draws the values of leaves towards 0'),
  patience: z
    .int()
    .nonnegative()
    .default(0)
    .describe('rounds without a lower loss of rows held out that end the fit; 0 runs all rounds'),
  heldOut: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe('share of the training rows that patience holds out, by the seed'),
});
type Options = z.output<typeof options>;

/**
 * The defaults are LightGBM's, and end nothing early, so that the table's row is what its reader would get from
 * there. Rows to watch are the run's validation rows, where it has some and early stopping; else `patience` holds some
 * of the training rows out.
 */
export const boosting = defineEstimator({
  name: 'boosting',
  title: 'Gradient boosting',
  summary:
    'Trees that lower what is left of the log loss, one after the other, on histograms (Friedman 2001; Ke et al. 2017).',
  kind: 'trees',
  tasks: TASKS,
  watches: true,
  options,
  async fit({ x, y }, context) {
    const { options, seed, classes, features, signal, onProgress } = context;
    const { rounds, leaves, rate, leastRows, lambda } = options;
    const data = { x, rows: y.length, columns: features, labels: y, classes };
    const trees = await fitBoostedTrees(data, {
      ...{ rounds, leaves, rate, leastRows, lambda, seed },
      ...stoppingOf(context),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onRound: onProgress } : {}),
    });
    return fittedTrees(trees, DOUBT);
  },
  load: (file, shape) => fittedTrees(loadTreesOf(file, 'boosting', BoostedTrees, shape), DOUBT),
});

/** When a fit ends early. */
function stoppingOf({
  options,
  watched,
  patience,
  features,
  classes,
}: FitContext<Options>): Pick<BoostingOptions, 'stopping'> {
  if (watched !== undefined && patience !== undefined) {
    const { x, y } = watched;
    const rows = { x, rows: y.length, columns: features, labels: y, classes };
    return { stopping: { rows, patience } };
  }
  if (options.patience === 0) return {};
  return { stopping: { rows: options.heldOut, patience: options.patience } };
}
