import type { Task } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import { parseOptions } from '@botlab/models';
import {
  environmentOf,
  experimentFolder,
  getEstimator,
  hasPlan,
  noteRowsOf,
  prepareData,
  readFacts,
  requireTask,
  train,
} from '@botlab/training';
import { openData, readingLabel } from '../chosen-data';
import { interruptible } from '../interruption';
import { idleOptions } from '../network-options';
import { ReadingProgress, TrainingProgress } from '../progress';
import { evaluationText } from '../evaluation-text';
import type { TrainingOptions } from '../training-options';
import { optionsOf, trainingRequest } from '../training-request';

/** What is typed after `botlab train`. */
export interface Options extends TrainingOptions {
  readonly task: Task;
  readonly experiment: string;
}

/** The seed that draws the rows: the run's own, but in the folder of a plan whose runs are of the same rows. */
function dataSeedIn({ out, experiment }: Options, seed: number): number {
  const folder = experimentFolder(out, experiment);
  if (!hasPlan(folder)) return seed;
  const { plan } = readFacts(folder);
  return plan.resample ? seed : plan.data.seed;
}

/** Does what `botlab train` was asked for. */
export async function run(name: string, options: Options): Promise<void> {
  // What is wrong with these is said before the data is read.
  const estimator = getEstimator(name);
  const set = optionsOf(options.set);
  parseOptions(estimator, set);
  requireTask(estimator, options.task);
  const { training, data: own } = trainingRequest(options);
  for (const idle of idleOptions(options, estimator)) process.stderr.write(`${idle}\n`);
  const seed = options.seed ?? 1;
  const data = { ...own, seed: options.resample ? seed : dataSeedIn(options, seed) };
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
          options: set,
          task: options.task,
          seed,
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
      noteRowsOf(experimentFolder(options.out, options.experiment), prepared, training);
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
