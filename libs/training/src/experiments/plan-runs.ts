import type { Task } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { refusalOf } from '@botlab/models';
import { DataSpec, Hyperparameters } from '../run-config';
import { canonical } from './canonical';
import type { Plan } from './plan';
import type { Variant } from './variant-schema';

/** One run of a plan, with what its variant and its seed make of the plan's data and training. */
export interface PlannedRun {
  readonly variant: Variant;
  readonly task: Task;
  readonly seed: number;
  readonly data: DataSpec;
  readonly training: Hyperparameters;
}

/** What a plan's data and training are for a variant, which is left out for the plan's own. */
export function settingsOf(
  { data, training, resample }: Pick<Plan, 'data' | 'training' | 'resample'>,
  variant: Pick<Variant, 'data' | 'training'> | undefined,
  seed: number,
): Pick<PlannedRun, 'data' | 'training'> {
  return {
    data: { ...data, ...variant?.data, ...(resample ? { seed } : {}) },
    training: { ...training, ...variant?.training },
  };
}

/**
 * The runs of a plan: by seed, then by variant, then by task, but runs of the same rows together, so that rows are
 * prepared once.
 *
 * @throws InputError when a variant's changes do not go with the plan's training
 */
export function runsOf(plan: Omit<Plan, 'identity' | 'checksum'>): PlannedRun[] {
  const seeds = [
    ...new Set([...plan.seeds, ...plan.variants.flatMap((variant) => variant.seeds ?? [])]),
  ];
  const runs = seeds.flatMap((seed) =>
    plan.variants
      .filter((variant) => (variant.seeds ?? plan.seeds).includes(seed))
      .flatMap((variant) => {
        const settings = settingsOf(plan, variant, seed);
        requireTraining(variant, settings.training);
        return (variant.tasks ?? plan.tasks).map((task) => ({ variant, task, seed, ...settings }));
      }),
  );
  const sets = [...new Set(runs.map(rowSetKey))];
  return sets.flatMap((key) => runs.filter((run) => rowSetKey(run) === key));
}

/** What decides which rows are trained, watched and tested on, and how they are scaled: equal text for equal rows. */
export function rowSetKey({
  data,
  training,
}: {
  readonly data: DataSpec;
  readonly training: Pick<Hyperparameters, 'validation'>;
}): string {
  const { heldOut, drop, ...rest } = data;
  return canonical({
    ...rest,
    source: undefined, // known by the checksum
    ...(heldOut === undefined ? {} : { heldOut: [...heldOut].sort() }),
    drop: [...drop].sort(),
    validation: training.validation,
  });
}

function requireTraining({ id }: Variant, training: Hyperparameters): void {
  const parsed = Hyperparameters.safeParse(training);
  if (parsed.success) return;
  const issue = parsed.error.issues[0]!;
  const { value, why } = refusalOf(Hyperparameters, training, issue);
  throw new InputError(`Cannot train ${id} with ${issue.path.join('.')} ${value}: ${why}.`);
}
