import type { Task } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import { listModels } from '@botlab/models';
import { runTable1, table1Notes, table1Tables, table1Title } from '@botlab/training';
import { openData, readingLabel } from '../chosen-data';
import { interruptible } from '../interruption';
import { tasksOf, type TrainingOptions } from '../options';
import { ReadingProgress, TrainingProgress } from '../progress';
import { writeReport } from '../report-files';
import { trainingRequest } from '../training-request';

/** What is typed after `botlab table1`. */
export interface Options extends TrainingOptions {
  readonly models?: string[];
  readonly seeds: number;
  readonly task?: Task;
}

/** Does what `botlab table1` was asked for. */
export async function run(options: Options): Promise<void> {
  const { profile, data, training } = trainingRequest(options);
  const models = options.models ?? listModels().flatMap(({ name, paper }) => (paper ? [name] : []));
  const seeds = Array.from({ length: options.seeds }, (_, i) => options.seed + i);
  const tasks = tasksOf(options.task);
  const reading = new ReadingProgress(readingLabel(data.source));
  const progress = new TrainingProgress();
  const experiment = await interruptible(async (signal) => {
    const engine = await useEngine(options.engine, options);
    requireWritable(options.out);
    const source = await openData(data.source, { cache: options.cache, signal });
    const plan = { profile, models, tasks, seeds, data, training };
    try {
      return await runTable1(source, plan, engine, {
        out: options.out,
        threads: options.threads,
        signal,
        read: { onProgress: reading.onProgress },
        onStep: progress.onStep,
        onEpoch: progress.onEpoch,
        onRecovery: progress.onRecovery,
        onRunStart: ({ index, count, config }) => {
          const seed = seeds.length > 1 ? ` seed ${config.seed}` : '';
          progress.start(`[${index + 1}/${count}] ${config.model} ${config.task}${seed}`);
        },
        onRunEnd: ({ index, count }, { skipped, config, metrics }) => {
          progress.line(
            `[${index + 1}/${count}] ${config.model} ${config.task}: accuracy ${metrics.accuracy.toFixed(4)}, ` +
              `macro F1 ${metrics.macroF1.toFixed(4)} on ${metrics.rows} test rows` +
              (skipped ? ' (finished before)' : `, ${metrics.seconds.toFixed(0)} s`),
          );
        },
      });
    } finally {
      reading.stop();
      progress.stop();
    }
  });
  const { table, ...written } = writeReport(options.out, experiment, { models, tasks, seeds });
  if (options.json) {
    process.stdout.write(`${JSON.stringify(table, null, 2)}\n`);
    return;
  }
  process.stdout.write(
    `\n${table1Title(table)}\n\n${table1Tables(table)}\n\n${table1Notes(table).join('\n')}\n\n` +
      `Report: ${written.html}\nTable:  ${written.json}, ${written.markdown}\n`,
  );
}
