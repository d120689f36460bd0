import { z } from 'zod';
import { ESTIMATOR_KINDS } from './estimators/estimator-kind';
import { given } from './given';

const Fraction = z.number().min(0).max(1);

const ClassScores = z.object({
  name: z.string(),
  support: z.number(),
  precision: Fraction,
  recall: Fraction,
  f1: Fraction,
  falsePositiveRate: Fraction,
});

/** What `metrics.json` holds. */
const Stored = z.object({
  /** What kind of estimator it is of. */
  kind: z.enum(ESTIMATOR_KINDS).default('network'),
  /** What there is to count of it, by name: `params`, `epochs`, `trees`, `leaves`. */
  facts: z.record(z.string(), z.number()).default({}),
  /** Where earlier versions, which had networks alone, wrote these facts. */
  epochs: z.int().positive().optional(),
  params: z.int().positive().optional(),
  /** Seconds of training, over all the sittings of the run. */
  seconds: z.number().nonnegative(),
  /** SHA-256 of the final weights, or of what else prediction is made from. */
  weights: z.string(),
  /** Whether the rows were made up rather than recorded. */
  synthetic: z.boolean().default(false),
  /** The classes that training rows had: test rows of others are left out of the scores. */
  trainedClasses: z.array(z.string()),
  /** Test rows that were left out, and their classes. */
  leftOut: z.object({ rows: z.int().positive(), classes: z.array(z.string()) }).optional(),
  rows: z.int().positive(),
  loss: z.number(),
  accuracy: Fraction,
  macroPrecision: Fraction,
  macroRecall: Fraction,
  macroF1: Fraction,
  weightedF1: Fraction,
  /** Binary: F1 of the attack, share of benign rows flagged. */
  attackF1: Fraction.optional(),
  falsePositiveRate: Fraction.optional(),
  /** Areas under the curves of attack against benign, ranked by log-odds. */
  rocAuc: Fraction.optional(),
  averagePrecision: Fraction.optional(),
  classes: z.array(ClassScores),
  /** Rows are the truth, columns the prediction. */
  confusion: z.array(z.array(z.int().nonnegative())),
});

/**
 * `metrics.json` of a run folder: how the fitted estimator does on the test rows. `epochs` and `params` are read from
 * the facts, where they are among them.
 */
export const RunMetrics = Stored.transform(({ epochs, params, facts, ...rest }) => {
  const all = { ...given({ epochs, params }), ...facts };
  return { ...rest, facts: all, ...given({ epochs: all['epochs'], params: all['params'] }) };
});
export type RunMetrics = z.output<typeof RunMetrics>;

/** What `metrics.json` is made from. */
export type NewMetrics = Omit<z.output<typeof Stored>, 'epochs' | 'params'>;
