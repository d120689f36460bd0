import { DEFAULT_SCALER, LEAKAGES, SCALERS, SPLITS, TASKS } from '@botlab/data';
import { z } from 'zod';
import { ESTIMATOR_KINDS } from './estimators/estimator-kind';
import { LearningRateSchedule } from './learning-rate';

const Seed = z
  .int()
  .nonnegative()
  .max(2 ** 31 - 1);

/** Where rows come from, as a run folder remembers it. */
export const SourceSpec = z.discriminatedUnion('kind', [
  /** A folder of CSV files; see `csvSource`. */
  z.strictObject({ kind: z.literal('csv'), folder: z.string() }),
  /** The synthetic data set; see `simulatedSource`. */
  z.strictObject({
    kind: z.literal('simulated'),
    seed: Seed,
    scale: z.number().positive().default(1),
  }),
  /** A table that was in memory, and went with it; see `tableSource`. */
  z.strictObject({ kind: z.literal('table'), name: z.string() }),
]);
export type SourceSpec = z.infer<typeof SourceSpec>;

/** Which rows a run is trained and tested on, and what is done to them. */
export const DataSpec = z.strictObject({
  source: SourceSpec,
  sample: z.union([
    z.strictObject({ fraction: z.number().positive().max(1) }),
    z.strictObject({ rows: z.int().positive() }),
  ]),
  split: z.enum(SPLITS).default('row'),
  testFraction: z.number().positive().max(0.9).default(0.2),
  heldOut: z.array(z.string()).optional(),
  /** Of the rows of each side every so many-th alone, from the first on; all where left out. */
  every: z.int().positive().optional(),
  /** The columns that models read, in this order; all of the source's in its own where left out. */
  columns: z.array(z.string()).min(1).optional(),
  leakage: z.enum(LEAKAGES).default('drop'),
  /** Columns left out: they are 0 in every row. */
  drop: z.array(z.string()).default([]),
  scaler: z.enum(SCALERS).default(DEFAULT_SCALER),
  seed: Seed,
});
export type DataSpec = z.infer<typeof DataSpec>;

/** What training needs to know beside the data. */
export const Hyperparameters = z
  .strictObject({
    epochs: z.int().positive(),
    batchSize: z.int().positive(),
    learningRate: z.number().positive().default(0.001),
    schedule: LearningRateSchedule.default({ kind: 'constant' }),
    /** The norm that all gradients of a step together have at most; the paper names none. */
    clipNorm: z.number().positive().optional(),
    /**
     * Part of the training rows set aside to watch. 0 watches the test rows: no choice is made by what is
     * seen there. The paper does not say on which rows its validation curves are.
     */
    validation: z.number().min(0).max(0.5).default(0),
    /** Stops when the validation loss has not fallen for `patience` epochs, and keeps the best weights. */
    earlyStopping: z.strictObject({ patience: z.int().positive() }).optional(),
  })
  .refine(({ earlyStopping, validation }) => earlyStopping === undefined || validation > 0, {
    path: ['earlyStopping'],
    message: 'needs rows to watch that are not the test rows: set validation, such as 0.1',
  });
export type Hyperparameters = z.infer<typeof Hyperparameters>;

/** What a run was made with: noted, not compared when a run is taken up again. */
export const Environment = z.object({
  botlab: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  tfjs: z.string(),
  /** The engine that the run began on. */
  engine: z.string(),
  /** Those that it went on on, in order: after the loss of a device, or taken up with another engine. */
  laterEngines: z.array(z.string()).optional(),
  platform: z.string(),
  cpu: z.string(),
  /** The plugin that defined the model, where one did: the path of its file or the name of its package. */
  plugin: z.string().optional(),
});
export type Environment = z.infer<typeof Environment>;

/** `config.json` of a run folder: all that is needed to run it again. */
export const RunConfig = z.strictObject({
  experiment: z.string(),
  /** Which variant of its experiment it is of, the name of the folder above; else the model with its options. */
  variant: z.string().optional(),
  model: z.string(),
  /** What kind of estimator the model is; `train` notes it. Left out by earlier versions, which had networks alone. */
  kind: z.enum(ESTIMATOR_KINDS).optional(),
  options: z.record(z.string(), z.unknown()).default({}),
  task: z.enum(TASKS),
  seed: Seed,
  /**
   * What the runs of one plan share. Of epochs, batches and learning rates networks alone make use; rows set aside
   * are so for every model.
   */
  training: Hyperparameters,
  data: DataSpec,
  /** SHA-256 of the sampled rows: they, not the folder's path, are what the run depends on. */
  checksum: z.string(),
  environment: Environment,
});
export type RunConfig = z.infer<typeof RunConfig>;
