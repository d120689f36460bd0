import { basename } from 'node:path';
import { useEngine } from '@botlab/engine';
import { requireWritable } from '@botlab/files';
import {
  type PlanRequest,
  runPlan,
  table1Notes,
  table1Tables,
  table1Title,
  writeResults,
} from '@botlab/training';
import { openData, readingLabel } from './chosen-data';
import { interruptible } from './interruption';
import { ReadingProgress, TrainingProgress } from './progress';
import { writeReport } from './report-files';
import type { TrainingOptions } from './training-options';

/** What is typed, beside what a plan is made of. */
export interface PlanRunOptions extends Pick<
  TrainingOptions,
  'out' | 'engine' | 'threads' | 'cache' | 'json'
> {
  /** Where to write what is worth keeping. */
  readonly results?: string;
}

/** Runs a plan, writes its report, and prints its table. */
export async function runAndReport(request: PlanRequest, options: PlanRunOptions): Promise<void> {
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
      : writeResults(folder, whole, options.results, basename(folder));
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...table, notes: table1Notes(table) }, null, 2)}\n`);
    return;
  }
  const others = whole.rows.length - table.rows.length;
  const more =
    others > 0 ? ` (with ${others} more run${others > 1 ? 's' : ''} of this experiment)` : '';
  process.stdout.write(
    `\n${table1Title(table)}\n\n${table1Tables(table)}\n\n${table1Notes(table).join('\n')}\n\n` +
      `Report: ${written.html}${more}\nTable:  ${written.json}, ${written.markdown}\n` +
      (kept === undefined ? '' : `Kept:   ${kept.json}, ${kept.markdown}\n`),
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
        onStep: progress.onStep,
        onProgress: progress.onProgress,
        onEpoch: progress.onEpoch,
        onRecovery: progress.onRecovery,
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

/** The command line as it was typed. */
export function typed(): string {
  const words = process.argv.slice(2).map((word) => {
    return /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  });
  return ['botlab', ...words].join(' ');
}
