import { InputError, unknownName } from '@botlab/errors';
import { DataSpec, getProfile, Hyperparameters, type Profile } from '@botlab/training';
import { chosenData } from './chosen-data';
import type { Assignment, TrainingOptions } from './training-options';

/** What the training options ask for, in the libraries' terms. */
export interface TrainingRequest {
  readonly profile: Profile;
  readonly data: DataSpec;
  readonly training: Hyperparameters;
}

/** What is taken where options say nothing, beside a profile: what a study's file says. */
export interface TrainingBase {
  readonly profile?: string;
  readonly data?: Partial<DataSpec>;
  readonly training?: Partial<Hyperparameters>;
}

/**
 * What the training options ask for.
 *
 * @throws InputError for values that do not go together
 */
export function trainingRequest(
  options: Partial<TrainingOptions>,
  base: TrainingBase = {},
): TrainingRequest {
  const profile = getProfile(options.profile ?? base.profile ?? 'quick');
  const data = {
    source: chosenData(options.data),
    sample: profile.sample,
    seed: 1,
    ...base.data,
    ...given({
      source: options.data === undefined ? undefined : chosenData(options.data),
      sample: options.rows === undefined ? undefined : { rows: options.rows },
      split: options.split,
      heldOut: options.heldOut,
      leakage: options.leakage,
      drop: options.drop,
      scaler: options.scaler,
      seed: options.seed,
    }),
  };
  const training: Record<string, unknown> = {
    ...profile.training,
    ...base.training,
    ...given({
      epochs: options.epochs,
      batchSize: options.batchSize,
      learningRate: options.learningRate && Number(options.learningRate),
      schedule: options.schedule,
      clipNorm: options.clipNorm && Number(options.clipNorm),
      validation: options.validation && Number(options.validation),
      earlyStopping: options.patience && { patience: Number(options.patience) },
    }),
  };
  if (options.clipNorm === 'none') delete training['clipNorm'];
  const parsed = Hyperparameters.safeParse(training);
  if (parsed.success) return { profile, data: DataSpec.parse(data), training: parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  throw new InputError(`Cannot train with that ${path.join('.')}: ${message}.`);
}

/** What is not left out. */
function given(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The options that `--set` gives, by name. */
export function optionsOf(assignments: readonly Assignment[] = []): Record<string, unknown> {
  return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}

/**
 * The options that `--set` gives, by the name of their model.
 *
 * @param models those that are trained
 * @throws InputError for a model that is not among them
 */
export function optionsByModel(
  assignments: readonly Assignment[] = [],
  models: readonly string[],
): Record<string, Record<string, unknown>> {
  const byModel: Record<string, Record<string, unknown>> = {};
  for (const { model, name, value } of assignments) {
    if (!models.includes(model!)) throw unknownName('model to set an option of', model!, models);
    byModel[model!] = Object.fromEntries([...Object.entries(byModel[model!] ?? {}), [name, value]]);
  }
  return byModel;
}
