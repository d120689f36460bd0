import { LEAKAGES, SCALERS, SPLITS } from '@botlab/data';
import { z } from 'zod';
import { Bounds } from '../bounds';
import { Plan } from './plan';

/** `facts.json` of an experiment's folder: what all its runs share, and what frames their results. */
export const ExperimentFacts = z.object({
  plan: Plan,
  profile: z.string(),
  data: z.object({
    /** What and where the rows are. */
    source: z.string(),
    /** Made up rather than recorded. */
    synthetic: z.boolean(),
    /** Rows sampled, and rows in the source. */
    rows: z.int(),
    sourceRows: z.int(),
    trainRows: z.int(),
    testRows: z.int(),
    files: z.int(),
    devices: z.array(z.string()),
    /** Classes present, in the fixed order, and how many rows of each were sampled. */
    classes: z.array(z.string()),
    classRows: z.array(z.int()),
    checksum: z.string(),
    /** Test rows of classes that no training row has: the multiclass task leaves them out. */
    leftOut: z.object({ rows: z.int(), classes: z.array(z.string()) }),
    split: z.enum(SPLITS),
    splitDescription: z.string(),
    leakage: z.enum(LEAKAGES),
    /** Columns left out. */
    drop: z.array(z.string()).default([]),
    scaler: z.enum(SCALERS),
    seed: z.int(),
  }),
  bounds: Bounds,
  /** The same bounds under the other choice of leakage. */
  other: z.object({ leakage: z.enum(LEAKAGES), bounds: Bounds }),
});
export type ExperimentFacts = z.infer<typeof ExperimentFacts>;
