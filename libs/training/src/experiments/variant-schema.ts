import { TASKS } from '@botlab/data';
import { z } from 'zod';
import { DataSpec, Hyperparameters } from '../run-config';

/** Fields but some as a change of them: each may be left out, and none has a default. */
export function changes(
  shape: Readonly<Record<string, z.ZodType>>,
  ...without: readonly string[]
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape)
      .filter(([name]) => !without.includes(name))
      .map(([name, field]) => {
        const whole = field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
        return [name, whole.optional()];
      }),
  );
}

/** What a variant changes of the rows: all but where they are from and the seed that draws them. */
export type DataChanges = Partial<Omit<DataSpec, 'source' | 'seed'>>;
export const DataChanges = z.strictObject(
  changes(DataSpec.shape, 'source', 'seed'),
) as unknown as z.ZodType<DataChanges>;

/** What a variant changes of the training. */
export type TrainingChanges = Partial<Hyperparameters>;
export const TrainingChanges = z.strictObject(
  changes(Hyperparameters.shape),
) as unknown as z.ZodType<TrainingChanges>;

/** One row of a table: a model with options, and in what its runs are unlike the others. */
export const Variant = z.strictObject({
  /** Name of its folder. */
  id: z.string(),
  /** What stands in the table, where the model's own title does not say it. */
  title: z.string().optional(),
  model: z.string(),
  options: z.record(z.string(), z.unknown()).default({}),
  training: TrainingChanges.optional(),
  data: DataChanges.optional(),
  /** Instead of the plan's. */
  tasks: z.array(z.enum(TASKS)).optional(),
  /** Instead of the plan's. */
  seeds: z.array(z.int().nonnegative()).optional(),
});
export type Variant = z.infer<typeof Variant>;
