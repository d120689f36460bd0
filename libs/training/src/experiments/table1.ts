import type { Source, Task } from '@botlab/data';
import type { RunningEngine } from '@botlab/engine';
import { getEstimator } from '../estimators/registry';
import type { Profile } from '../profile';
import type { DataSpec, Hyperparameters } from '../run-config';
import { experimentName } from './experiment-name';
import { type PlanOptions, type PlanRequest, runPlan } from './run-plan';
import { variantId } from './variant';
import type { Variant } from './variant-schema';

/** Which runs Table 1 is made of. */
export interface Table1Plan {
  readonly profile: Profile;
  /** Names of models, in the order to train them. */
  readonly models: readonly string[];
  /** Options by the name of a model, where they are not its defaults. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What they are held against: more variants, after the models. */
  readonly baselines?: readonly Variant[];
  readonly tasks: readonly Task[];
  /** Whether a model is left out of the tasks that it cannot do, rather than refused. */
  readonly possibleTasks?: boolean;
  /** Seeds of initial weights and shuffling; the rows are drawn and split by `data.seed`. */
  readonly seeds: readonly number[];
  /** Whether each seed also draws its rows and their split. */
  readonly resample?: boolean;
  readonly data: DataSpec;
  readonly training: Hyperparameters;
  /** Name of the experiment's folder, where it is not to be made from the choices: see `experimentName`. */
  readonly experiment?: string | undefined;
  /** The command that asks for it, as it is typed. */
  readonly command?: string;
}

/** Hooks of {@link runTable1}. */
export type Table1Options = PlanOptions;

/**
 * Trains what Table 1 is made of, models × tasks × seeds: a plan whose variants are models.
 *
 * @throws InputError for bad data, an unknown model, or a folder that holds another experiment's runs
 */
export function runTable1(
  source: Source,
  plan: Table1Plan,
  engine: RunningEngine,
  options: Table1Options,
): Promise<string> {
  return Promise.resolve().then(() => runPlan(source, table1Request(plan), engine, options));
}

/** Table 1 as a plan. @throws InputError for an unknown model or option */
export function table1Request({
  profile,
  models,
  options = {},
  baselines = [],
  tasks,
  possibleTasks = false,
  seeds,
  resample = false,
  data,
  training,
  experiment,
  command,
}: Table1Plan): PlanRequest {
  const possible = (model: string) =>
    tasks.filter((task) => getEstimator(model).tasks.includes(task));
  return {
    experiment: experiment ?? experimentName({ profile, data, training, resample }),
    profile: profile.name,
    ...(command === undefined ? {} : { command }),
    variants: [
      ...models.map((model) => ({
        id: variantId(model, options[model]),
        model,
        options: { ...options[model] },
        ...(possibleTasks ? { tasks: possible(model) } : {}),
      })),
      ...baselines.map((variant) => ({
        ...variant,
        // What an estimator cannot do is left out, where nobody asked for it by name.
        tasks: possible(variant.model),
      })),
    ],
    tasks: [...tasks],
    seeds: [...seeds],
    resample,
    data,
    training,
    transfer: [],
  };
}
