import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DataFrame, frameOf, TASKS } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { engineNames } from '../environment';
import { allRuns, folders } from '../experiments/experiment-folder';
import { variantOf } from '../experiments/variant';
import type { RunFolder } from '../run-folder';
import type { Run } from '../train';
import type { FittedRun } from './fitted-run';

/** What a run said of its test rows as a data frame: the columns of `predictions.parquet`. */
export function predictionsFrame({ predictions }: Pick<FittedRun, 'predictions'>): DataFrame {
  return frameOf(predictions);
}

/**
 * The epochs of a run as a data frame, a row each: `epoch`, `learningRate`, loss and accuracy in training and
 * validation, `seconds`.
 *
 * @throws InputError for a run without epochs, which is of no network
 */
export function historyFrame({ history, config }: Pick<Run, 'history' | 'config'>): DataFrame {
  if (history.length === 0) {
    throw new InputError(
      `Cannot show the epochs of ${config.model}: it is fitted in one go; give a run of a network.`,
    );
  }
  return frameOfRecords(history.map((record) => ({ ...record })));
}

/**
 * The finished runs below a folder as a data frame, a row each: `experiment`, `task`, `variant`, `model`, `seed`, what
 * they were made of, scores as fractions, `seconds` and `folder`.
 *
 * @param folder of an experiment, or of several, such as `runs`
 * @throws InputError where there is no finished run, or one is damaged
 */
export function runsFrame(folder: string): DataFrame {
  const isExperiment = TASKS.some((task) => existsSync(join(folder, task)));
  const experiments = isExperiment ? [folder] : folders(folder).map((name) => join(folder, name));
  const runs = experiments.flatMap((experiment) =>
    allRuns(experiment)
      .filter(({ isDone }) => isDone)
      .map((run) => recordOf(experiment, run)),
  );
  if (runs.length === 0) {
    throw new InputError(
      `Cannot list the runs in ${folder}: it has no finished run; name the folder that they were trained into, such as runs.`,
    );
  }
  return frameOfRecords(runs);
}

function recordOf(experiment: string, folder: RunFolder): Record<string, string | number> {
  const config = folder.readConfig();
  const metrics = folder.readMetrics();
  const { task, model, seed, data } = config;
  const { epochs, params, attackF1, falsePositiveRate, rocAuc } = metrics;
  // What one run lacks others have: a cell without a value, NaN.
  const numbers = { attackF1, falsePositiveRate, rocAuc, epochs, params };
  const rows = 'rows' in data.sample ? data.sample.rows : data.sample.fraction;
  return {
    ...{ experiment: basename(experiment), task, variant: variantOf(config), model, seed },
    ...{ kind: metrics.kind, data: metrics.synthetic ? 'synthetic' : 'recorded', sample: rows },
    ...{ split: data.split, scaler: data.scaler, leakage: data.leakage, dataSeed: data.seed },
    ...{ accuracy: metrics.accuracy, macroF1: metrics.macroF1, weightedF1: metrics.weightedF1 },
    ...{ loss: metrics.loss, testRows: metrics.rows, seconds: metrics.seconds },
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value ?? NaN])),
    ...{ engine: engineNames(config.environment).join(', '), folder: folder.path },
  };
}

/** A frame of records that all have the same keys. */
function frameOfRecords(records: readonly Readonly<Record<string, string | number>>[]): DataFrame {
  const names = Object.keys(records[0]!);
  return frameOf(
    Object.fromEntries(names.map((name) => [name, records.map((record) => record[name]!)])),
  );
}
