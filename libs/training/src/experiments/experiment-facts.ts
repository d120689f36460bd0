import { LEAKAGES, SCALERS, SPLITS } from '@botlab/data';
import { z } from 'zod';
import { Bounds } from '../bounds';
import { Plan } from './plan';
import { rowSetKey } from './plan-runs';

/** What is known of the rows that a set of runs share. */
const DataFacts = z.object({
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
});

/** One choice of rows, split and scaling: what the runs on it share, and what frames their results. */
export const RowSet = z.object({
  /** See {@link rowSetKey}. */
  key: z.string(),
  data: DataFacts,
  bounds: Bounds,
  /** The same bounds under the other choice of leakage. */
  other: z.object({ leakage: z.enum(LEAKAGES), bounds: Bounds }),
});
export type RowSet = z.infer<typeof RowSet>;

/** `facts.json` of an experiment's folder: its plan, and each set of rows that a run was made on. */
export const ExperimentFacts = z.preprocess(
  withSets,
  z.object({
    plan: Plan,
    profile: z.string(),
    /** The command that was typed last to make it. */
    command: z.string().optional(),
    sets: z.array(RowSet).min(1),
  }),
);
export type ExperimentFacts = z.infer<typeof ExperimentFacts>;

/** Facts of before plans had variants: one set of rows beside the plan. */
function withSets(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('data' in json) || 'sets' in json) return json;
  const { data, bounds, other, ...rest } = json as Record<string, unknown>;
  const plan = Plan.safeParse(rest['plan']);
  if (!plan.success) return json;
  return { ...rest, sets: [{ key: rowSetKey(plan.data), data, bounds, other }] };
}
