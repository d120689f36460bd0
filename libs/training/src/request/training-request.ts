import { InputError } from '@botlab/errors';
import { refusalOf } from '@botlab/models';
import { chosenSource } from '../chosen-source';
import { given } from '../given';
import { getProfile, type Profile } from '../profile';
import { DataSpec, Hyperparameters } from '../run-config';
import { flagOf, type RequestOptions } from './request-options';

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
export function trainingRequest(options: RequestOptions, base: TrainingBase = {}): TrainingRequest {
  const profile = getProfile(options.profile ?? base.profile ?? 'quick');
  const data = {
    source: chosenSource(options.data),
    sample: profile.sample,
    seed: 1,
    ...base.data,
    ...given({
      source: options.data === undefined ? undefined : chosenSource(options.data),
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
      learningRate: typed(options.learningRate, numberOf),
      schedule: options.schedule,
      clipNorm: typed(options.clipNorm, numberOf),
      validation: typed(options.validation, numberOf),
      earlyStopping: typed(options.patience, (text) => ({ patience: numberOf(text) })),
    }),
  };
  if (options.clipNorm === 'none') delete training['clipNorm'];
  const parsed = Hyperparameters.safeParse(training);
  if (parsed.success) return { profile, data: DataSpec.parse(data), training: parsed.data };
  const issue = parsed.error.issues[0]!;
  const field = String(issue.path[0]);
  const option = Object.entries(TYPED).find(([, name]) => name === field)?.[0] as
    keyof typeof TYPED | undefined;
  const text = option === undefined ? undefined : options[option];
  const { value, why } = refusalOf(Hyperparameters, training, issue);
  throw new InputError(
    option === undefined || text === undefined
      ? `Cannot train with ${issue.path.join('.')} ${value}: ${why}.`
      : `Cannot train with ${flagOf(option)} ${text === '' ? '""' : text}: ${why}${option === 'clipNorm' ? ', or none' : ''}.`,
  );
}

/** The options whose text is checked with the rest of the training, by the field that they set. */
const TYPED = {
  learningRate: 'learningRate',
  clipNorm: 'clipNorm',
  validation: 'validation',
  patience: 'earlyStopping',
} as const satisfies Partial<Record<keyof RequestOptions, keyof Hyperparameters>>;

/** A number that is typed; NaN, which nothing takes, for what is none. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** What a text that was typed means; undefined where none was. */
function typed<Value>(
  text: string | undefined,
  meaning: (text: string) => Value,
): Value | undefined {
  return text === undefined ? undefined : meaning(text);
}
