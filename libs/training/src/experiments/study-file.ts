import { SCALERS, SPLITS, TASKS } from '@botlab/data';
import { z } from 'zod';
import { PROFILES } from '../profile';
import { DataSpec, Hyperparameters } from '../run-config';
import { changes, DataChanges, TrainingChanges } from './variant-schema';

/** Seeds up to this many can be asked for by their number. */
const MOST_SEEDS = 1000;

/** Seeds as a list, or how many, counted up from 1. */
const Seeds = z.preprocess(
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_SEEDS
      ? Array.from({ length: value }, (_, i) => i + 1)
      : value,
  z
    .array(
      z
        .int()
        .nonnegative()
        .max(2 ** 31 - 1),
      `expected a list of seeds, or how many from 1 to ${MOST_SEEDS}`,
    )
    .nonempty()
    .refine((seeds) => new Set(seeds).size === seeds.length, 'a seed is there twice'),
);

const Tasks = z.array(z.enum(TASKS)).nonempty();

/** A variant of a study: what may be left out follows from the rest. */
const VariantEntry = z.strictObject({
  id: z.string().optional(),
  title: z.string().optional(),
  model: z.string(),
  options: z.record(z.string(), z.unknown()).default({}),
  training: TrainingChanges.optional(),
  data: DataChanges.optional(),
  tasks: Tasks.optional(),
  seeds: Seeds.optional(),
});
export type VariantEntry = z.infer<typeof VariantEntry>;

/** A way to choose test rows. */
const SplitEntry = z.strictObject({
  split: z.enum(SPLITS),
  heldOut: z.array(z.string()).nonempty().optional(),
  tasks: Tasks.optional(),
});
export type SplitEntry = z.infer<typeof SplitEntry>;

/** Other rows to score finished runs on. */
const TransferEntry = z.strictObject({ name: z.string().optional(), folder: z.string() });

/** Text as the one field that it stands for. */
const brief = <Schema extends z.ZodType>(field: string, schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' ? { [field]: value } : value), schema);

/** The file of a study: variants × scalers × splits × tasks × seeds, over what all of them share. */
export const StudyFile = z.strictObject({
  /** What stands above its table. */
  title: z.string().optional(),
  /** Name of its folder; that of the file where it is left out. */
  experiment: z.string().optional(),
  profile: z.enum(PROFILES.map(({ name }) => name)).default(PROFILES[0]!.name),
  /** Folder of rows, from where the file lies; the simulated set where it is left out. */
  folder: z.string().optional(),
  data: z.strictObject(changes(DataSpec.shape, 'source')).default({}),
  training: TrainingChanges.optional(),
  tasks: Tasks.optional(),
  seeds: Seeds.default([1]),
  resample: z.boolean().default(false),
  /** Models, or models with what is not their default. */
  variants: z.array(brief('model', VariantEntry)).nonempty('expected at least one variant'),
  /** Each variant is run with each of them. */
  scalers: z.array(z.enum(SCALERS)).nonempty().optional(),
  splits: z.array(brief('split', SplitEntry)).nonempty().optional(),
  transfer: z.array(brief('folder', TransferEntry)).default([]),
});
export type StudyFile = z.output<typeof StudyFile>;

/** Fields by where they stand, to suggest the nearest for one that is misspelt. */
export function fieldsAt(path: readonly PropertyKey[]): string[] {
  const [section, , inner] = path;
  const named = path.length > 2 ? inner : section;
  if (path.length === 0) return Object.keys(StudyFile.shape);
  if (named === 'data') {
    return Object.keys(DataSpec.shape).filter(
      (name) => name !== 'source' && (path.length < 2 || name !== 'seed'),
    );
  }
  if (named === 'training') {
    return Object.keys(Hyperparameters.shape);
  }
  const entries: Readonly<Record<string, z.ZodObject>> = {
    variants: VariantEntry,
    splits: SplitEntry,
    transfer: TransferEntry,
  };
  return Object.keys(entries[String(section)]?.shape ?? {});
}
