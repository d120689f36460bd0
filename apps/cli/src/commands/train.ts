import type { Task } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import { parseOptions } from '@botlab/models';
import {
  environmentOf,
  experimentFolder,
  getEstimator,
  Hyperparameters,
  type LearningRateSchedule,
  prepareData,
  requireTask,
  train,
} from '@botlab/training';
import { openData, readingLabel } from '../chosen-data';
import { interruptible } from '../interruption';
import type { TrainingOptions } from '../options';
import { ReadingProgress, TrainingProgress } from '../progress';
import { evaluationText } from '../evaluation-text';
import { trainingRequest } from '../training-request';

/** What is typed after `botlab train`. */
export interface Options extends TrainingOptions {
  readonly task: Task;
  readonly experiment: string;
  readonly set: Record<string, unknown>;
  readonly learningRate?: string;
  readonly validation?: string;
  readonly patience?: string;
  readonly schedule?: LearningRateSchedule;
}

/** Training settings with what the options change, checked by their schema. */
function hyperparameters(base: Hyperparameters, options: Options): Hyperparameters {
  const parsed = Hyperparameters.safeParse({
    ...base,
    ...(options.learningRate === undefined ? {} : { learningRate: Number(options.learningRate) }),
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
    ...(options.validation === undefined ? {} : { validation: Number(options.validation) }),
    ...(options.patience === undefined
      ? {}
      : { earlyStopping: { patience: Number(options.patience) } }),
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new InputError(`Cannot train with that ${path.join('.')}: ${message}.`);
}

/** Does what `botlab train` was asked for. */
export async function run(name: string, options: Options): Promise<void> {
  // What is wrong with these is said before the data is read.
  const estimator = getEstimator(name);
  parseOptions(estimator, options.set);
  requireTask(estimator, options.task);
  experimentFolder(options.out, options.experiment);
  const { data, training: base } = trainingRequest(options);
  const training = hyperparameters(base, options);
  const reading = new ReadingProgress(readingLabel(data.source));
  const progress = new TrainingProgress();
  await interruptible(async (signal) => {
    const engine = await useEngine(options.engine, options);
    requireWritable(options.out);
    const source = await openData(data.source, { cache: options.cache, signal });
    try {
      const prepared = await prepareData(source, data, { onProgress: reading.onProgress, signal });
      progress.start(`${name} ${options.task}`);
      const run = await train(
        {
          experiment: options.experiment,
          model: name,
          options: options.set,
          task: options.task,
          seed: options.seed,
          training,
          data,
          checksum: prepared.checksum,
          environment: environmentOf(engine),
        },
        prepared,
        {
          out: options.out,
          threads: options.threads,
          signal,
          onStep: progress.onStep,
          onProgress: progress.onProgress,
          onEpoch: progress.onEpoch,
          onRecovery: progress.onRecovery,
        },
      );
      progress.stop();
      const { metrics, skipped } = run;
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ folder: run.folder.path, ...metrics }, null, 2)}\n`
          : `${evaluationText(metrics, source)}\n\nRun: ${run.folder.path}${skipped ? ' (finished before)' : ''}\n`,
      );
    } finally {
      reading.stop();
      progress.stop();
    }
  });
}
