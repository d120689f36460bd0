import { CLASSES, type ReadOptions, type Source, type Task } from '@botlab/data';
import type { RunningEngine } from '@botlab/engine';
import { getModel } from '@botlab/models';
import { boundsOf, otherLeakage } from '../bounds';
import { environmentOf } from '../environment';
import type { TrainOptions } from '../fit';
import { type PreparedData, prepareData, setAside } from '../prepare-data';
import type { Profile } from '../profile';
import type { DataSpec, Hyperparameters, RunConfig } from '../run-config';
import { type Run, train } from '../train';
import { forTask, leftOutOf, present } from '../task-data';
import type { ExperimentFacts } from './experiment-facts';
import { claimExperiment, experimentFolder } from './experiment-folder';
import { experimentName } from './experiment-name';
import { planOf } from './plan';

/** Which runs Table 1 is made of. */
export interface Table1Plan {
  readonly profile: Profile;
  /** Names of models, in the order to train them. */
  readonly models: readonly string[];
  readonly tasks: readonly Task[];
  /** Seeds of initial weights and shuffling; the rows are drawn and split by `data.seed`. */
  readonly seeds: readonly number[];
  readonly data: DataSpec;
  readonly training: Hyperparameters;
  /** Name of the experiment's folder, where it is not to be made from the choices: see `experimentName`. */
  readonly experiment?: string;
}

/** A run's place among those of its experiment. */
export interface RunPlace {
  readonly index: number;
  readonly count: number;
  readonly config: RunConfig;
}

/** Hooks of {@link runTable1}; they change nothing of its result. */
export interface Table1Options extends TrainOptions {
  readonly read?: ReadOptions;
  /** When the rows are ready, before the first run. */
  onData?(this: void, facts: ExperimentFacts): void;
  onRunStart?(this: void, place: RunPlace): void;
  onRunEnd?(this: void, place: RunPlace, run: Run): void;
}

/** What all runs share, and the bounds that frame their results. */
export function factsOf(
  data: PreparedData,
  { profile, training }: Pick<Table1Plan, 'profile' | 'training'>,
): ExperimentFacts {
  const { source, spec, sampled, split, checksum } = data;
  const counts = sampled.classCounts();
  const occurring = CLASSES.filter(({ index }) => counts[index]! > 0);
  const other = otherLeakage(spec.leakage);
  const labelsOf = (rows: Uint32Array) => Uint8Array.from(rows, (row) => sampled.label[row]!);
  const isTrained = present(labelsOf(split.train), CLASSES.length);
  const names = CLASSES.map(({ name }) => name);
  const { rows, classes } = leftOutOf(labelsOf(split.test), isTrained, names);
  return {
    plan: planOf({ data: spec, checksum, training }),
    profile: profile.name,
    data: {
      source: source.description,
      synthetic: source.synthetic,
      rows: sampled.rows,
      sourceRows: source.rows,
      trainRows: split.train.length,
      testRows: split.test.length,
      files: source.files.length,
      devices: [...sampled.devices],
      classes: occurring.map(({ name }) => name),
      classRows: occurring.map(({ index }) => counts[index]!),
      checksum,
      leftOut: { rows, classes: [...classes] },
      split: spec.split,
      splitDescription: split.description,
      leakage: spec.leakage,
      drop: [...spec.drop],
      scaler: spec.scaler,
      seed: spec.seed,
    },
    bounds: boundsOf(data),
    other: { leakage: other, bounds: boundsOf(data, other) },
  };
}

/**
 * Trains what Table 1 is made of, models × tasks × seeds, each in its run folder under
 * `out/<experiment>/`: finished runs are skipped, interrupted ones go on. Returns the experiment's
 * folder, from which `readTable1` makes the table.
 *
 * @throws InputError for bad data, an unknown model, or a folder that holds another experiment's runs
 */
export async function runTable1(
  source: Source,
  plan: Table1Plan,
  engine: RunningEngine,
  options: Table1Options,
): Promise<string> {
  plan.models.forEach(getModel); // an unknown name is said before the data is read
  const experiment = plan.experiment ?? experimentName(plan);
  const folder = experimentFolder(options.out, experiment);
  const prepared = await prepareData(source, plan.data, {
    ...options.read,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const data = setAside(prepared, plan.training.validation);
  plan.tasks.forEach((task) => forTask(data, task)); // a task that cannot be is said before the first run
  const facts = factsOf(data, plan);
  let environment = environmentOf(engine);
  const configs = plan.seeds.flatMap((seed) =>
    plan.models.flatMap((model) =>
      plan.tasks.map((task) => ({
        experiment,
        model,
        options: {},
        task,
        seed,
        training: plan.training,
        data: plan.data,
        checksum: data.checksum,
      })),
    ),
  );
  claimExperiment(folder, facts);
  options.onData?.(facts);
  for (const [index, shared] of configs.entries()) {
    const config: RunConfig = { ...shared, environment };
    const place = { index, count: configs.length, config };
    options.onRunStart?.(place);
    const run = await train(config, data, {
      ...options,
      onRecovery: (sentence, next) => {
        environment = environmentOf(next); // the runs that are left begin on it
        options.onRecovery?.(sentence, next);
      },
    });
    options.onRunEnd?.(place, run);
  }
  return folder;
}
