import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import { evaluationText } from '@botlab/report';
import {
  askedRun,
  environmentOf,
  experimentFolder,
  noteRowsOf,
  prepareData,
  type RunRequestOptions,
  train,
} from '@botlab/training';
import { openData, readingLabel } from '../open-data';
import { interruptible } from '../interruption';
import type { MachineOptions } from '../machine-options';
import { ReadingProgress, TrainingProgress } from '../progress';

/** What is typed after `botlab train`. */
export type Options = RunRequestOptions & MachineOptions;

/** Does what `botlab train` was asked for. */
export async function run(name: string, options: Options): Promise<void> {
  // What is wrong with these is said before the data is read.
  const { config, remarks } = askedRun(name, options);
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  const { data, training } = config;
  const { out, threads, cache } = options;
  const reading = new ReadingProgress(readingLabel(data.source));
  const progress = new TrainingProgress();
  await interruptible(async (signal) => {
    const environment = environmentOf(await useEngine(options.engine, options));
    requireWritable(out);
    const source = await openData(data.source, { cache, signal });
    try {
      const prepared = await prepareData(source, data, { onProgress: reading.onProgress, signal });
      progress.start(`${name} ${config.task}`);
      const { checksum } = prepared;
      const hooks = { ...progress.hooks, out, threads, signal };
      const finished = await train({ ...config, checksum, environment }, prepared, hooks);
      noteRowsOf(experimentFolder(out, config.experiment), prepared, training);
      progress.stop();
      const { metrics, skipped, folder } = finished;
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ folder: folder.path, ...metrics }, null, 2)}\n`
          : `${evaluationText(metrics, source)}\n\nRun: ${folder.path}${skipped ? ' (finished before)' : ''}\n`,
      );
    } finally {
      reading.stop();
      progress.stop();
    }
  });
}
