import { existsSync } from 'node:fs';
import { type ReadOptions, type Source, taskClasses, taskLabels } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { requireAnswers } from './divergence';
import { scorePredictions, type Evaluation, type Predictions } from './evaluation';
import { type PredictedRows } from './predictions-file';
import { Predictor } from './predictor';
import { sampleData, type SampledData, splitAndScale } from './prepare-data';
import type { RecoveryOptions } from './recovery';
import type { RunConfig, SourceSpec } from './run-config';
import { RunFolder } from './run-folder';
import { silenced } from './silenced';
import { forTask, type LeftOut } from './task-data';

/** What {@link evaluateRun} needs. */
export interface EvaluateOptions extends RecoveryOptions {
  /** Opens a source of data, as `openSource` does. */
  readonly open: (spec: SourceSpec) => Promise<Source>;
  /** Where to look for rows, instead of where the run had its own. */
  readonly other?: SourceSpec;
  readonly read?: ReadOptions;
  /** Is told what was predicted; once for the test rows, or for each file of other data. */
  onPredictions?(
    this: void,
    rows: PredictedRows,
    predictions: Predictions,
    classes: readonly string[],
  ): void;
}

/** What {@link evaluateRun} found. */
export interface RunEvaluation {
  readonly config: RunConfig;
  readonly evaluation: Evaluation;
  readonly source: Source;
  /** Whether it is of the run's own test rows, or of all rows of other data. */
  readonly scored: 'test' | 'all';
}

/**
 * Scores of a finished run: on the test rows it was made with, wherever they lie now, or on all rows of other
 * data. Rows of classes that the run was not trained on are left out.
 *
 * @throws InputError when the folder is no finished run or is damaged, or its data have changed
 */
export async function evaluateRun(
  path: string,
  { open, other, read = {}, onPredictions, ...options }: EvaluateOptions,
): Promise<RunEvaluation> {
  const predictor = await Predictor.open(path, options);
  const { config } = predictor;
  try {
    const source = await (other ? open(other) : openOwn(path, config.data.source, open));
    const data = await sampleData(source, config.data, read);
    const isOwn = data.checksum === config.checksum;
    if (!isOwn && other === undefined) {
      throw new InputError(
        `Cannot evaluate ${path} on its own test rows: the ${source.description} have changed since ` +
          '(their checksum differs); pass --data to evaluate on all rows of a folder.',
      );
    }
    const { trainedClasses } = new RunFolder(path).readMetrics();
    const evaluation = isOwn
      ? await onTestRows(data, predictor, onPredictions)
      : await onAllRows(source, predictor, trainedClasses, read, onPredictions);
    return { config, evaluation, source, scored: isOwn ? 'test' : 'all' };
  } finally {
    predictor.dispose();
  }
}

/** The rows that a run was made of, from where they lay. */
async function openOwn(
  path: string,
  spec: SourceSpec,
  open: EvaluateOptions['open'],
): Promise<Source> {
  try {
    return await open(spec);
  } catch (error) {
    if (!(error instanceof InputError) || spec.kind !== 'csv' || existsSync(spec.folder))
      throw error;
    throw new InputError(
      `Cannot evaluate ${path}: the folder of its rows, ${spec.folder}, is no longer there; ` +
        'say where they are now with --data DIR.',
    );
  }
}

async function onTestRows(
  sampled: SampledData,
  predictor: Predictor,
  onPredictions: EvaluateOptions['onPredictions'],
): Promise<Evaluation> {
  const { config } = predictor;
  const data = splitAndScale(sampled, config.training.validation);
  const { test, classes, leftOut } = forTask(data, config.task);
  const predictions = await predictor.predict(test.x);
  requireAnswers(predictions, data.table, test.rows);
  const rows = { table: data.table, rows: test.rows, truth: test.y };
  onPredictions?.(rows, predictions, classes);
  return scorePredictions(predictions, test, classes, leftOut);
}

/** File by file, so that no more than one file's rows are in memory. */
async function onAllRows(
  source: Source,
  predictor: Predictor,
  trainedClasses: readonly string[],
  read: ReadOptions,
  onPredictions: EvaluateOptions['onPredictions'],
): Promise<Evaluation> {
  const { task, data } = predictor.config;
  const classes = taskClasses(task);
  const labelOf = (label: number): number => taskLabels(task, Uint8Array.of(label))[0]!;
  const isScored = source.files.map(({ label }) =>
    trainedClasses.includes(classes[labelOf(label)]!),
  );
  const rowsOf = (files: Source['files']): number => files.reduce((sum, { rows }) => sum + rows, 0);
  const total = rowsOf(source.files.filter((_, place) => isScored[place]));
  const leftOut: LeftOut = {
    rows: source.rows - total,
    classes: classes.filter((name, label) =>
      source.files.some((file) => labelOf(file.label) === label && !trainedClasses.includes(name)),
    ),
  };
  if (total === 0) {
    throw new InputError(
      `Cannot evaluate on ${source.description}: it has no row of the classes that the run was trained on ` +
        `(${trainedClasses.join(', ')}); name another folder with --data DIR.`,
    );
  }
  const truth = new Uint8Array(total);
  const all: Predictions = {
    labels: new Uint8Array(total),
    logits: new Float32Array(total * classes.length),
  };
  let done = 0;
  for (const [place, file] of source.files.entries()) {
    if (!isScored[place]) continue;
    const selection = source.files.map((_, i) =>
      i === place ? Uint32Array.from({ length: file.rows }, (_, row) => row) : new Uint32Array(0),
    );
    const table = silenced(await source.read(selection, read), data);
    const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
    const predictions = await predictor.predict(predictor.scaler.transform(table, rows));
    requireAnswers(predictions, table, rows);
    const labels = taskLabels(task, table.label);
    onPredictions?.({ table, rows, truth: labels }, predictions, classes);
    truth.set(labels, done);
    all.labels.set(predictions.labels, done);
    all.logits.set(predictions.logits, done * classes.length);
    done += table.rows;
  }
  return scorePredictions(all, { y: truth }, classes, leftOut);
}
