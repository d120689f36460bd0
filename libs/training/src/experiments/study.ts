import { basename, dirname, extname, resolve } from 'node:path';
import { type Task, TASKS } from '@botlab/data';
import { InputError, unknownName } from '@botlab/errors';
import { readText, requireFileName } from '@botlab/files';
import { parseOptions, type Refusal, refusalOf } from '@botlab/models';
import type { z } from 'zod';
import { getEstimator, requireTask } from '../estimators/registry';
import { getProfile } from '../profile';
import { type DataSpec, Hyperparameters, type SourceSpec } from '../run-config';
import { namesText } from './experiment-name';
import { LocatedText, type Place } from './located-text';
import type { Transfer } from './plan';
import { fieldsAt, type SplitEntry, StudyFile, type VariantEntry } from './study-file';
import { variantId } from './variant';
import type { Variant } from './variant-schema';

/** A study as its file says it, before anything that is typed beside it. */
export interface Study {
  /** Name of its folder. */
  readonly experiment: string;
  readonly title?: string;
  readonly profile: string;
  /** Where its rows are from, where the file says so. */
  readonly source?: SourceSpec;
  readonly data: Partial<Omit<DataSpec, 'source'>>;
  readonly training: Partial<Hyperparameters>;
  readonly variants: readonly Variant[];
  readonly tasks: readonly Task[];
  readonly seeds: readonly number[];
  readonly resample: boolean;
  readonly transfer: readonly Transfer[];
}

/**
 * Reads the file of a study.
 *
 * @throws InputError that says where in the file is what cannot be: a field, a name, a value, an id given twice
 */
export function readStudy(path: string): Study {
  return parseStudy(path, readText(path));
}

/** A study of the text of its file; `path` names it, and folders in it are from where it lies. @throws InputError */
export function parseStudy(path: string, text: string): Study {
  const located = new LocatedText(path, text);
  const parsed = StudyFile.safeParse(located.value);
  if (!parsed.success) throw refusal(located, parsed.error.issues[0]!);
  const { title, folder, transfer, ...file } = parsed.data;
  const at = (other: string): SourceSpec => ({
    kind: 'csv',
    folder: resolve(dirname(path), other),
  });
  const experiment = file.experiment ?? basename(path, extname(path));
  located.at(['experiment'], () => requireFileName(experiment, 'an experiment'));
  requireTraining(located, file);
  return {
    experiment,
    ...(title === undefined ? {} : { title }),
    profile: file.profile,
    ...(folder === undefined ? {} : { source: at(folder) }),
    data: file.data,
    training: file.training ?? {},
    variants: variantsOf(located, parsed.data),
    tasks: file.tasks ?? TASKS,
    seeds: file.seeds,
    resample: file.resample,
    transfer: transfer.map((other) => ({
      name: other.name ?? basename(other.folder),
      source: at(other.folder),
    })),
  };
}

/** The variants of a study, each with each scaler and each split. */
function variantsOf(located: LocatedText, file: StudyFile): Variant[] {
  const ids = new Set<string>();
  return file.variants.flatMap((entry, i) => {
    requireEntry(located, ['variants', i], entry, file.tasks ?? TASKS);
    return crossed(entry, file).map((variant) => {
      located.at(['variants', i], () => {
        requireFileName(variant.id, 'a variant');
        if (ids.has(variant.id.toLowerCase())) {
          throw new InputError(
            `the variant "${variant.id}" is there twice; give one of them another "id".`,
          );
        }
      });
      ids.add(variant.id.toLowerCase());
      return variant;
    });
  });
}

function requireEntry(
  located: LocatedText,
  place: Place,
  { model, options, tasks }: VariantEntry,
  otherwise: readonly Task[],
): void {
  const estimator = located.at([...place, 'model'], () => getEstimator(model));
  located.at([...place, 'options'], () => parseOptions(estimator, options));
  const remedy = `give it "tasks": ${JSON.stringify(estimator.tasks)}`;
  located.at([...place, tasks === undefined ? 'model' : 'tasks'], () => {
    for (const task of tasks ?? otherwise) requireTask(estimator, task, remedy);
  });
}

function crossed(entry: VariantEntry, { scalers, splits, tasks }: StudyFile): Variant[] {
  const { id = variantId(entry.model, entry.options), ...rest } = entry;
  const one = [undefined];
  return (scalers ?? one).flatMap((scaler) =>
    (splits ?? one).map((split): Variant => {
      const allowed = tasksOf(split, entry.tasks, tasks);
      return {
        ...rest,
        id: [
          id,
          ...(scalers && scalers.length > 1 ? [scaler] : []),
          ...(split && splits!.length > 1 ? [split.split] : []),
          ...(split?.heldOut ? [namesText(split.heldOut)] : []),
        ].join('-'),
        ...((scaler ?? split)
          ? {
              data: {
                ...rest.data,
                ...(scaler ? { scaler } : {}),
                ...(split ? { split: split.split } : {}),
                ...(split?.heldOut ? { heldOut: split.heldOut } : {}),
              },
            }
          : {}),
        ...(allowed ? { tasks: allowed } : {}),
      };
    }),
  );
}

/** The tasks of a variant on a split; of families held out no model can name the attacks. */
function tasksOf(
  split: SplitEntry | undefined,
  own: readonly Task[] | undefined,
  all: readonly Task[] | undefined,
): Task[] | undefined {
  const asked = split?.tasks ?? own ?? all;
  if (asked !== undefined) return [...asked];
  return split?.split === 'family' ? ['binary'] : undefined;
}

/** Makes sure that what the file says of the training goes together. */
function requireTraining(
  located: LocatedText,
  { profile, training, variants }: Pick<StudyFile, 'profile' | 'training' | 'variants'>,
): void {
  const base = { ...getProfile(profile).training, ...training };
  const places: [Place, object][] = [
    [['training'], base],
    ...variants.map((entry, i): [Place, object] => [
      ['variants', i, 'training'],
      { ...base, ...entry.training },
    ]),
  ];
  for (const [place, settings] of places) {
    const parsed = Hyperparameters.safeParse(settings);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      const where = located.describe([...place, ...issue.path]);
      throw new InputError(`${where}: ${whyText(refusalOf(Hyperparameters, settings, issue))}.`);
    }
  }
}

/** "expected a whole number of 1 or more, not 0". */
function whyText({ value, why }: Refusal): string {
  return why.startsWith('expected ') && value !== 'undefined' ? `${why}, not ${value}` : why;
}

/** What a schema complains of as one sentence. */
function refusal(located: LocatedText, issue: z.core.$ZodIssue): InputError {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const told = unknownName('field', key, fieldsAt(path)).message;
    return new InputError(`${located.describe([...path, key])}: ${told}`);
  }
  const value = path.reduce<unknown>(
    // Text may stand for an object of one field.
    (part, name) =>
      typeof part === 'string' ? part : (part as Record<PropertyKey, unknown> | undefined)?.[name],
    located.value,
  );
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    const choices = issue.values.map(String);
    return new InputError(
      `${located.describe(path)}: ${unknownName(String(path.findLast((part) => typeof part === 'string')), value, choices).message}`,
    );
  }
  const isSample = path.at(-1) === 'sample';
  const refused = isSample
    ? 'expected {"rows": N} or {"fraction": F}, such as {"rows": 10000}'
    : whyText(refusalOf(StudyFile, located.value, issue));
  return new InputError(`${located.describe(path)}: ${refused}.`);
}
