import type { EstimatorDefinition } from './estimators/estimator';
import type { TrainOptions } from './train-options';
import type { RunFit } from './fit-run';
import type { RunConfig } from './run-config';
import type { RunFolder } from './run-folder';
import type { TaskData } from './task-data';

/** Fits an estimator that has no checkpoints: what is interrupted begins anew. */
export async function fitAtOnce(
  estimator: EstimatorDefinition,
  config: RunConfig,
  { train, validation, classes, features }: TaskData,
  folder: RunFolder,
  { signal, threads, onProgress }: TrainOptions,
): Promise<RunFit> {
  signal?.throwIfAborted();
  const { seed, training } = config;
  const started = performance.now();
  const fitted = await estimator.fit(train, {
    ...{ options: config.options, seed, features, classes: classes.length },
    ...(threads === undefined ? {} : { threads }),
    ...(validation ? { watched: validation } : {}),
    ...(training.earlyStopping ? { patience: training.earlyStopping.patience } : {}),
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  const seconds = (performance.now() - started) / 1000;
  try {
    signal?.throwIfAborted();
    return { fitted, weights: await fitted.save(folder.weights), history: [], seconds };
  } catch (error) {
    fitted.dispose?.();
    throw error;
  }
}
