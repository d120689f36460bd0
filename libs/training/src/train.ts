import { removeLeftovers } from '@botlab/files';
import { parseOptions } from '@botlab/models';
import { requireAnswers } from './divergence';
import { engineText } from './environment';
import type { Estimator } from './estimators/estimator';
import { getEstimator, requireTask } from './estimators/registry';
import { scorePredictions } from './evaluation';
import { experimentFolder, requireFits } from './experiments/experiment-folder';
import { variantOf } from './experiments/variant';
import type { TrainOptions } from './train-options';
import { placeIn, requireBuilds } from './fit-network';
import { fitRun } from './fit-run';
import { KeptRun } from './kept-run';
import { memoryError } from './lack-of-memory';
import { pluginOf } from './plugins/load-plugins';
import { type PreparedData, setAside } from './prepare-data';
import { writePredictions } from './predictions-file';
import { Recovery } from './recovery';
import { claim } from './run-claim';
import type { RunConfig } from './run-config';
import { type EpochRecord, RunFolder } from './run-folder';
import type { RunMetrics } from './run-metrics';
import { forTask, type TaskData } from './task-data';

/** A finished run. */
export interface Run {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly metrics: RunMetrics;
  /** A record an epoch; none of an estimator that has no epochs. */
  readonly history: readonly EpochRecord[];
  /** Whether it had been finished before, and was only read. */
  readonly skipped: boolean;
}

/**
 * Fits an estimator in a run folder, evaluates it on the test rows, and returns the run. A network is trained by Adam
 * on sparse categorical cross-entropy; the paper names neither (docs/deviations.md).
 *
 * The run of a network that was interrupted, even killed, goes on from its last checkpoint and ends with the same
 * weights, to the bit, as one that was not: what each step does follows from the seed, the epoch
 * and the step. A finished run is read, not repeated; asked for more epochs, it goes on from its last one, which
 * gives what as many at once would have given. Where the device of the engine is lost, the run goes on
 * by itself: on the same engine, started anew; where it is lost again, on the processor, with other bits.
 * What has no epochs is fitted anew where it was interrupted, to the same bits.
 *
 * @throws InputError when the estimator cannot do the task, or the run folder holds a run with another configuration,
 *   or is damaged
 */
export async function train(
  config: RunConfig,
  prepared: PreparedData,
  options: TrainOptions,
): Promise<Run> {
  const estimator = getEstimator(config.model);
  requireTask(estimator, config.task);
  const parsed = parseOptions(estimator, config.options);
  const plugin = pluginOf(config.model);
  const full: RunConfig = {
    ...config,
    ...{ variant: variantOf(config), kind: estimator.kind, options: parsed },
    ...(plugin === undefined ? {} : { environment: { ...config.environment, plugin } }),
  };
  const folder = RunFolder.of(options.out, full);
  const data = setAside(prepared, full.training.validation);
  const task = forTask(data, full.task);
  removeLeftovers(folder.path);
  requireFits(experimentFolder(options.out, full.experiment), full);
  const isNew = !folder.exists;
  if (isNew && estimator.kind === 'network') requireBuilds(estimator.definition, full, task);
  claim(folder, full);
  if (folder.isDone) {
    const [metrics, history] = [folder.readMetrics(), folder.readHistory()];
    return { folder, config: folder.readConfig(), metrics, history, skipped: true };
  }
  folder.noteEngine(full.environment.engine);
  const kept = isNew ? await KeptRun.of(estimator, full, data, task) : undefined;
  if (kept?.take(folder)) {
    const [metrics, history] = [folder.readMetrics(), folder.readHistory()];
    for (const record of history) {
      options.onEpoch?.(record, full);
      options.signal?.throwIfAborted();
    }
    if (history.length === 0) options.onProgress?.(1, 1);
    folder.finish();
    return { folder, config: folder.readConfig(), metrics, history, skipped: false };
  }
  folder.writeScaler(data.scaler);
  const history = await new Recovery(options).during(
    () => runToEnd(estimator, full, task, data, folder, options),
    (engine) => {
      folder.noteEngine(engineText(engine));
      return placeIn(folder, full);
    },
  );
  kept?.keep(folder);
  const metrics = folder.readMetrics();
  return { folder, config: folder.readConfig(), metrics, history, skipped: false };
}

/** Fits to the end, and leaves a finished run in its folder. */
async function runToEnd(
  estimator: Estimator,
  config: RunConfig,
  task: TaskData,
  data: PreparedData,
  folder: RunFolder,
  options: TrainOptions,
): Promise<readonly EpochRecord[]> {
  const { fitted, weights, history, seconds } = await fitRun(
    estimator,
    config,
    task,
    folder,
    options,
  );
  try {
    const predictions = await fitted.predict(task.test.x);
    requireAnswers(predictions, data.table, task.test.rows);
    const rows = { table: data.table, rows: task.test.rows, truth: task.test.y };
    await writePredictions(folder.predictions, rows, predictions, task.classes);
    folder.writeMetrics({
      kind: estimator.kind,
      facts: fitted.facts,
      seconds,
      weights,
      synthetic: data.source.synthetic,
      trainedClasses: task.classes.filter((_, label) => task.isTrained[label]),
      ...scorePredictions(predictions, task.test, task.classes, task.leftOut),
    });
    folder.finish();
    return history;
  } catch (error) {
    throw memoryError(error, config);
  } finally {
    fitted.dispose?.();
  }
}
