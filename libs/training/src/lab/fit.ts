import { TASKS, type Task } from '@botlab/data';
import { currentEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { defineModel, type ModelDefinition } from '@botlab/models';
import type { z } from 'zod';
import { environmentOf } from '../environment';
import { defineEstimator } from '../estimators/define-estimator';
import type { Estimator, EstimatorDefinition } from '../estimators/estimator';
import { getEstimator } from '../estimators/registry';
import { experimentFolder } from '../experiments/experiment-folder';
import { noteRowsOf } from '../experiments/row-sets';
import { given } from '../given';
import type { TrainOptions } from '../train-options';
import type { PreparedData } from '../prepare-data';
import { getProfile } from '../profile';
import { Hyperparameters } from '../run-config';
import { train } from '../train';
import { checkedOptions } from './checked-options';
import { FittedRun } from './fitted-run';
import { temporaryRun } from './temporary-runs';

/** What to fit: a name that `botlab models` lists, or what `defineModel` or `defineEstimator` returned. */
export type Fittable<Schema extends z.ZodType = z.ZodType> =
  ModelDefinition<Schema> | EstimatorDefinition<Schema>;

type TrainingOptions = Omit<z.input<typeof Hyperparameters>, 'epochs' | 'batchSize' | 'clipNorm'>;

/** Options of {@link fit}: how is trained, and what {@link TrainOptions} has that changes nothing of the result. */
export interface FitOptions<Options = Readonly<Record<string, unknown>>>
  extends TrainingOptions, Omit<TrainOptions, 'out'> {
  /** What to tell apart; where left out the eleven classes, or what the model can do. */
  readonly task?: Task;
  /** Of initial weights, the order of rows and whatever else is random; 1 where left out. */
  readonly seed?: number;
  /** Options of the model; what is left out takes its default. */
  readonly options?: Options;
  /** What training begins with, where other options do not say otherwise; `quick` where left out. */
  readonly profile?: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  /** The norm that all gradients of a step together have at most. */
  readonly clipNorm?: number | 'none';
  /** The folder under which the run's is made; where left out one of `removeTemporaryRuns`. */
  readonly out?: string;
  /** Name of the folder under `out`; `train`, as on the command line, where left out. */
  readonly experiment?: string;
}

const OWN = [
  ...['task', 'seed', 'options', 'profile', 'out', 'experiment', 'threads', 'signal'],
  ...['onEpoch', 'onStep', 'onProgress', 'onRecovery', 'checkpointSeconds'],
];

/**
 * Fits a model to data and tests it: the run that `botlab train` makes of the same choices, to the bit. It computes on
 * the engine in use, or where none is on the fastest. Under `out`, an interrupted run goes on and a finished one is
 * read; without, each call fits anew.
 *
 * @throws InputError when an option is not valid, the model is unknown or cannot do the task, or the run's folder holds
 *   another run
 */
export function fit<Schema extends z.ZodType>(
  model: Fittable<Schema>,
  data: PreparedData,
  options?: FitOptions<z.input<Schema>>,
): Promise<FittedRun>;
export function fit(model: string, data: PreparedData, options?: FitOptions): Promise<FittedRun>;
export async function fit(
  model: string | Fittable,
  data: PreparedData,
  options: FitOptions<unknown> = {},
): Promise<FittedRun> {
  const { task, seed = 1, options: own, profile, out, experiment = 'train', ...rest } = options;
  const { threads, signal, onEpoch, onStep, onProgress, onRecovery, checkpointSeconds, ...how } =
    rest;
  const hooks = { threads, signal, onEpoch, onStep, onProgress, onRecovery, checkpointSeconds };
  const estimator = typeof model === 'string' ? getEstimator(model) : registered(model);
  const training = trainingOf(profile, how);
  const folder = out ?? temporaryRun();
  const config = {
    ...{ experiment, model: estimator.name, options: { ...(own as object | undefined) }, seed },
    task: task === undefined ? usualTask(estimator) : requireKnown(task),
    ...{ training, data: data.spec, checksum: data.checksum },
    environment: environmentOf(await currentEngine()),
  };
  const run = await train(config, data, {
    out: folder,
    ...given(hooks),
  });
  noteRowsOf(experimentFolder(folder, experiment), data, training);
  return FittedRun.of(run, estimator, data);
}

/** The registry's estimator of a definition; one that another took the place of gets it back. */
function registered(definition: Fittable): Estimator {
  if ('build' in definition) defineModel(definition);
  else defineEstimator(definition);
  return getEstimator(definition.name);
}

/** How is trained: what the profile says, with what is asked for in its place. */
function trainingOf(
  profile = 'quick',
  { clipNorm, ...asked }: Readonly<Record<string, unknown>>,
): Hyperparameters {
  const { clipNorm: usual, ...rest } = getProfile(profile).training;
  const clip = clipNorm ?? usual;
  return checkedOptions(
    Hyperparameters,
    { ...rest, ...asked, ...(clip === 'none' ? {} : { clipNorm: clip }) },
    'Cannot train',
    OWN,
  );
}

function usualTask({ tasks }: Estimator): Task {
  return tasks.includes('multiclass') ? 'multiclass' : tasks[0]!;
}

function requireKnown(task: string): Task {
  const known = TASKS.find((name) => name === task);
  if (known !== undefined) return known;
  throw new InputError(`Unknown task "${task}": expected one of ${TASKS.join(', ')}.`);
}
