import { z } from 'zod';

const Fraction = z.number().min(0).max(1);

const ClassScores = z.object({
  name: z.string(),
  support: z.number(),
  precision: Fraction,
  recall: Fraction,
  f1: Fraction,
  falsePositiveRate: Fraction,
});

/** `metrics.json` of a run folder: how the final weights do on the test rows. */
export const RunMetrics = z.object({
  epochs: z.int().positive(),
  params: z.int().positive(),
  /** Seconds of training, over all the sittings of the run. */
  seconds: z.number().nonnegative(),
  /** SHA-256 of the final weights. */
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
export type RunMetrics = z.infer<typeof RunMetrics>;
