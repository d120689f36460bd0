import { basename } from 'node:path';
import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import { keepResults, placesText, writeReport } from '@botlab/report';
import {
  type AskedPlan,
  type PlanRequest,
  runPlan,
  table1Notes,
  table1Tables,
  table1Title,
} from '@botlab/training';
import { openData, readingLabel } from './open-data';
import { interruptible } from './interruption';
import { ReadingProgress, TrainingProgress } from './progress';
import type { MachineOptions } from './machine-options';

/** What is typed, beside what a plan is made of. */
export interface PlanRunOptions extends MachineOptions {
  readonly out: string;
  /** Where to write what is worth keeping. */
  readonly results?: string;
}

/** Says what there is to say of a plan, runs it, writes its report, and prints its table. */
export async function runAndReport(
  { request, remarks }: AskedPlan,
  options: PlanRunOptions,
): Promise<void> {
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  const folder = await runs(request, options);
  const filter = {
    variants: request.variants.map(({ id }) => id),
    tasks: request.tasks,
    seeds: [...request.seeds, ...request.variants.flatMap(({ seeds = [] }) => seeds)],
  };
  const { table: whole, asked: table, ...written } = await writeReport(folder, filter);
  const kept =
    options.results === undefined
      ? undefined
      : keepResults(folder, whole, options.results, basename(folder));
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...table, notes: table1Notes(table) }, null, 2)}\n`);
    return;
  }
  const others = whole.rows.length - table.rows.length;
  const notes = table1Notes(table).join('\n');
  process.stdout.write(
    `\n${table1Title(table)}\n\n${table1Tables(table)}\n\n${notes}\n\n${placesText(written, kept, others)}\n`,
  );
}

/** Runs a plan with its progress on stderr; returns the experiment's folder. */
function runs(request: PlanRequest, options: PlanRunOptions): Promise<string> {
  const reading = new ReadingProgress(readingLabel(request.data.source));
  const progress = new TrainingProgress();
  const isSeveral = new Set([...request.seeds, ...request.variants.flatMap((v) => v.seeds ?? [])]);
  return interruptible(async (signal) => {
    const engine = await useEngine(options.engine, options);
    requireWritable(options.out);
    if (options.results !== undefined) requireWritable(options.results);
    const open = { cache: options.cache, signal };
    const source = await openData(request.data.source, open);
    try {
      return await runPlan(source, request, engine, {
        out: options.out,
        threads: options.threads,
        signal,
        read: { onProgress: reading.onProgress },
        open: (spec) => openData(spec, open),
        ...progress.hooks,
        onRunStart: ({ index, count, config: { variant, task, seed } }) => {
          const ofSeed = isSeveral.size > 1 ? ` seed ${seed}` : '';
          progress.start(`[${index + 1}/${count}] ${variant} ${task}${ofSeed}`);
        },
        onRunEnd: ({ index, count }, { skipped, config: { variant, task }, metrics }) => {
          progress.line(
            `[${index + 1}/${count}] ${variant} ${task}: accuracy ${metrics.accuracy.toFixed(4)}, ` +
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
}
