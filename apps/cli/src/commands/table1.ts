import type { Task } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import { listModels } from '@botlab/models';
import { readTable1, runTable1, table1Notes, table1Tables, table1Title } from '@botlab/training';
import { openData, readingLabel } from '../chosen-data';
import { interruptible } from '../interruption';
import { seedsFrom, tasksOf, type TrainingOptions } from '../options';
import { ReadingProgress, TrainingProgress } from '../progress';
import { writeReport } from '../report-files';
import { trainingRequest } from '../training-request';

/** What is typed after `botlab table1`. */
export interface Options extends TrainingOptions {
  readonly experiment?: string;
  readonly models?: string[];
  readonly seeds: number;
  readonly task?: Task;
}

/** Does what `botlab table1` was asked for. */
export async function run(options: Options): Promise<void> {
  const { profile, data, training } = trainingRequest(options);
  const models = options.models ?? listModels().flatMap(({ name, paper }) => (paper ? [name] : []));
  const seeds = seedsFrom(options.seed, options.seeds);
  const tasks = tasksOf(options.task, options.split);
  if (options.task === undefined && !tasks.includes('multiclass')) {
    process.stderr.write(
      `--split ${options.split}: the multiclass task is left out, as no model can name the attacks held out\n`,
    );
  }
  const reading = new ReadingProgress(readingLabel(data.source));
  const progress = new TrainingProgress();
  const folder = await interruptible(async (signal) => {
    const engine = await useEngine(options.engine, options);
    requireWritable(options.out);
    const source = await openData(data.source, { cache: options.cache, signal });
    const { experiment } = options;
    const plan = { profile, models, tasks, seeds, data, training, experiment };
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
  const { table: whole, ...written } = writeReport(folder);
  const table = readTable1(folder, { models, tasks, seeds });
  const others = whole.rows.length - table.rows.length;
  const more =
    others > 0 ? ` (with ${others} more run${others > 1 ? 's' : ''} of this experiment)` : '';
  if (options.json) {
    process.stdout.write(`${JSON.stringify(table, null, 2)}\n`);
    return;
  }
  process.stdout.write(
    `\n${table1Title(table)}\n\n${table1Tables(table)}\n\n${table1Notes(table).join('\n')}\n\n` +
      `Report: ${written.html}${more}\nTable:  ${written.json}, ${written.markdown}\n`,
  );
}
