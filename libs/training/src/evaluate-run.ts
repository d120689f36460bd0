import {
  type ReadOptions,
  type Source,
  taskClasses,
  taskLabels,
  withLeakage,
  withoutColumns,
} from '@botlab/data';
import { InputError } from '@botlab/errors';
import { evaluate, type Evaluation, type Predictions } from './evaluation';
import { Predictor } from './predictor';
import { forTask, prepareData } from './prepare-data';
import type { RecoveryOptions } from './recovery';
import type { RunConfig, SourceSpec } from './run-config';

/** What {@link evaluateRun} needs. */
export interface EvaluateOptions extends RecoveryOptions {
  /** Opens a source of data, as `openSource` does. */
  readonly open: (spec: SourceSpec) => Promise<Source>;
  /** Other data than the run's: all its rows are evaluated. */
  readonly other?: SourceSpec;
  readonly read?: ReadOptions;
}

/**
 * Scores of a finished run: on the test rows it was made with, or on all rows of other data.
 *
 * @throws InputError when the folder is no finished run or is damaged, or its data have changed
 */
export async function evaluateRun(
  path: string,
  { open, other, read = {}, ...options }: EvaluateOptions,
): Promise<{ config: RunConfig; evaluation: Evaluation; source: Source }> {
  const predictor = new Predictor(path, options);
  const { config } = predictor;
  try {
    const source = await open(other ?? config.data.source);
    const evaluation =
      other === undefined
        ? await onTestRows(source, path, predictor, read)
        : await onAllRows(source, predictor, read);
    return { config, evaluation, source };
  } finally {
    predictor.dispose();
  }
}

async function onTestRows(
  source: Source,
  path: string,
  predictor: Predictor,
  read: ReadOptions,
): Promise<Evaluation> {
  const { config } = predictor;
  const data = await prepareData(source, config.data, read);
  if (data.checksum !== config.checksum) {
    throw new InputError(
      `Cannot evaluate ${path} on its own test rows: the ${source.description} have changed since ` +
        '(their checksum differs); pass --data to evaluate on all rows of a folder.',
    );
  }
  const { test, classes } = forTask(data, config.task);
  return evaluate(await predictor.predict(test.x), test, classes);
}

/** File by file, so that no more than one file's rows are in memory. */
async function onAllRows(
  source: Source,
  predictor: Predictor,
  read: ReadOptions,
): Promise<Evaluation> {
  const { task, data } = predictor.config;
  const classes = taskClasses(task);
  const truth = new Uint8Array(source.rows);
  const all: Predictions = {
    labels: new Uint8Array(source.rows),
    probabilities: new Float32Array(source.rows * classes.length),
  };
  let done = 0;
  for (const [place, file] of source.files.entries()) {
    const selection = source.files.map((_, i) =>
      i === place ? Uint32Array.from({ length: file.rows }, (_, row) => row) : new Uint32Array(0),
    );
    const whole = withLeakage(await source.read(selection, read), data.leakage);
    const table = withoutColumns(whole, data.drop);
    const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
    const x = predictor.scaler.transform(table, rows);
    const { labels, probabilities } = await predictor.predict(x);
    truth.set(taskLabels(task, table.label), done);
    all.labels.set(labels, done);
    all.probabilities.set(probabilities, done * classes.length);
    done += table.rows;
  }
  return evaluate(all, { y: truth }, classes);
}
