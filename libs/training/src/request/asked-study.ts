import { basename, resolve } from 'node:path';
import type { Task } from '@botlab/data';
import { InputError, unknownName } from '@botlab/errors';
import { experimentName } from '../experiments/experiment-name';
import type { PlanRequest } from '../experiments/run-plan';
import type { Study } from '../experiments/study';
import { withOptions } from '../experiments/variant';
import type { Variant } from '../experiments/variant-schema';
import type { AskedPlan } from './asked-plan';
import { optionsByModel } from './model-options';
import { flagOf, type RequestOptions } from './request-options';
import { seedsFrom } from './seeds';
import { trainingRequest } from './training-request';

/** What can be typed beside a study's file. */
export interface StudyRequestOptions extends RequestOptions {
  readonly experiment?: string;
  readonly models?: readonly string[];
  readonly seeds?: number;
  readonly task?: Task;
  /** A folder whose rows each run is scored on as well. */
  readonly transfer?: string;
}

/** Options that say what a variant may say too, by the name that it has there. */
const OF_VARIANTS = {
  scaler: 'scaler',
  split: 'split',
  heldOut: 'heldOut',
  leakage: 'leakage',
  drop: 'drop',
  rows: 'sample',
  epochs: 'epochs',
  batchSize: 'batchSize',
  learningRate: 'learningRate',
  schedule: 'schedule',
  clipNorm: 'clipNorm',
  validation: 'validation',
  patience: 'earlyStopping',
} as const;

/**
 * A study with what is typed beside its file.
 *
 * @param command as it was typed
 * @throws InputError for what is typed and a variant says otherwise
 */
export function askedStudy(study: Study, options: StudyRequestOptions, command: string): AskedPlan {
  const plan = planOf(study, options);
  const left = leftOutBy(study, options);
  const transfer = [...plan.transfer, ...transferTo(options.transfer)];
  const request = { ...plan, transfer, command };
  return { request, remarks: left === undefined ? [] : [left] };
}

/** The folder of `--transfer`, named as it is. */
function transferTo(folder: string | undefined): PlanRequest['transfer'] {
  if (folder === undefined) return [];
  const path = resolve(folder);
  return [{ name: basename(path), source: { kind: 'csv', folder: path } }];
}

function planOf(study: Study, options: StudyRequestOptions): PlanRequest {
  requireFree(study, options);
  const { source } = study;
  const data = { ...study.data, ...(source ? { source } : {}) };
  const usual = trainingRequest({ profile: options.profile }, { ...study, data });
  const asked = trainingRequest(options, { ...study, data });
  const resample = options.resample ?? study.resample;
  const isSeeded = options.seed !== undefined || options.seeds !== undefined;
  const seeds = isSeeded ? seedsFrom(options.seed ?? 1, options.seeds ?? 1) : [...study.seeds];
  return {
    experiment:
      options.experiment ??
      experimentName({
        ...asked,
        resample,
        usual: { ...usual, name: nameOf(study, usual.profile.name), resample: study.resample },
      }),
    ...(study.title === undefined ? {} : { title: study.title }),
    profile: asked.profile.name,
    variants: variantsOf(study, options).map((variant) =>
      isSeeded ? { ...variant, seeds: undefined } : variant,
    ),
    tasks: options.task ? [options.task] : [...study.tasks],
    seeds,
    resample,
    data: asked.data,
    training: asked.training,
    transfer: [...study.transfer],
  };
}

/** What to tell a person whose `--task` leaves variants of a study out; undefined where it does not. */
function leftOutBy(
  { variants }: Study,
  { models, task }: Pick<StudyRequestOptions, 'models' | 'task'>,
): string | undefined {
  const others = variants
    .filter(({ model }) => models?.includes(model) ?? true)
    .filter(({ tasks }) => task !== undefined && tasks?.includes(task) === false);
  if (others.length === 0) return undefined;
  return `--task ${task}: left out, as the file has them for another task alone: ${others.map(({ id }) => id).join(', ')}`;
}

/** Name of a study's folder, where nothing is changed but its profile. */
function nameOf({ experiment, profile }: Study, asked: string): string {
  return asked === profile ? experiment : `${experiment}-${asked}`;
}

/** The variants that are asked for, with the options of their models that are typed. */
function variantsOf({ variants }: Study, { models, set, task }: StudyRequestOptions): Variant[] {
  const known = [...new Set(variants.map(({ model }) => model))];
  for (const model of models ?? []) {
    if (!known.includes(model)) throw unknownName('model of the study', model, known);
  }
  const chosen = variants.filter(({ model }) => models?.includes(model) ?? true);
  if (task !== undefined && chosen.every(({ tasks }) => tasks?.includes(task) === false)) {
    throw new InputError(
      `Cannot take --task ${task}: no variant that is asked for has that task; change --task or the file.`,
    );
  }
  const typed = optionsByModel(set, models ?? known);
  return chosen.flatMap((variant) => {
    if (task !== undefined && variant.tasks?.includes(task) === false) return [];
    const more = withOptions(variant, typed[variant.model] ?? {});
    return [task === undefined || more.tasks === undefined ? more : { ...more, tasks: [task] }];
  });
}

/** Nothing that is typed is dropped: what variants say themselves cannot be said for all of them. */
function requireFree({ variants }: Study, options: StudyRequestOptions): void {
  for (const [option, field] of Object.entries(OF_VARIANTS)) {
    const typed = option as keyof typeof OF_VARIANTS;
    if (options[typed] === undefined) continue;
    const own = variants.find(({ data, training }) => field in { ...data, ...training });
    if (own === undefined) continue;
    throw new InputError(
      `Cannot take ${flagOf(typed)}: the study's variant "${own.id}" has a ${field} of its own; change the file.`,
    );
  }
}
