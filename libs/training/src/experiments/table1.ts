import { join } from 'node:path';
import { CLASSES, type ReadOptions, type Source, type Task } from '@botlab/data';
import type { RunningEngine } from '@botlab/engine';
import { writeJSON } from '@botlab/files';
import { getModel } from '@botlab/models';
import { boundsOf, otherLeakage } from '../bounds';
import { environmentOf } from '../environment';
import type { TrainOptions } from '../fit';
import { type PreparedData, prepareData } from '../prepare-data';
import type { Profile } from '../profile';
import type { DataSpec, Hyperparameters, RunConfig } from '../run-config';
import { type Run, train } from '../train';
import type { ExperimentFacts } from './experiment-facts';

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

/** Name of the experiment's folder: the profile, and each choice that is not the default. */
export function experimentName({ profile, data }: Table1Plan): string {
  return [
    'table1',
    profile.name,
    ...(data.split === 'row' ? [] : [data.split]),
    ...(data.leakage === 'drop' ? [] : ['leaky']),
    ...(data.drop.length === 0 ? [] : [`without-${data.drop.length}`]),
    ...(data.scaler === 'log' ? [] : [data.scaler]),
  ].join('-');
}

/** What all runs share, and the bounds that frame their results. */
export function factsOf(data: PreparedData, profile: string): ExperimentFacts {
  const { source, spec, sampled, split } = data;
  const counts = sampled.classCounts();
  const present = CLASSES.filter(({ index }) => counts[index]! > 0);
  const other = otherLeakage(spec.leakage);
  return {
    profile,
    data: {
      source: source.description,
      synthetic: source.synthetic,
      rows: sampled.rows,
      sourceRows: source.rows,
      trainRows: split.train.length,
      testRows: split.test.length,
      files: source.files.length,
      devices: [...sampled.devices],
      classes: present.map(({ name }) => name),
      classRows: present.map(({ index }) => counts[index]!),
      checksum: data.checksum,
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
  const experiment = experimentName(plan);
  const folder = join(options.out, experiment);
  const data = await prepareData(source, plan.data, {
    ...options.read,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const facts = factsOf(data, plan.profile.name);
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
    // After the first run has made sure that the folder is of the same experiment.
    if (index === 0) writeJSON(join(folder, 'facts.json'), facts);
    options.onRunEnd?.(place, run);
  }
  return folder;
}
