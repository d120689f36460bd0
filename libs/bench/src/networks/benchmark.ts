import { StepBenchmark } from '@botlab/training';
import { type BenchTask, stepSettings } from './bench-task';
import type { Opponent } from './opponent';
import type { NetworkOpponent } from '../opponent-name';
import { type RoundsOptions, takeTurns } from '../rounds';
import { trainingMemoryMB } from './training-memory';

/** What was measured of one task: `botlab bench --json`. */
export interface BenchRow extends BenchTask {
  readonly engine: string;
  readonly threads: number;
  /** Milliseconds of a step: median of the rounds. */
  readonly ms: number;
  readonly rowsPerSecond: number;
  readonly against: NetworkOpponent | null;
  /** The same of what it is compared with. */
  readonly againstMs: number | null;
  /** ms / againstMs: below 1 the engine is faster. */
  readonly ratio: number | null;
  /** With `--memory`: the most memory of a process that trains this model alone. */
  readonly peakMemoryMB?: number;
  readonly againstPeakMemoryMB?: number;
}

/** How to measure. */
export interface BenchmarkPlan extends RoundsOptions {
  readonly engine: string;
  readonly threads: number;
  readonly against?: { readonly name: NetworkOpponent; readonly opponent: Opponent };
  /** Whether memory is measured as well, of training. */
  readonly memory: boolean;
  readonly signal: AbortSignal;
}

/** Measures one task on the engine in use, and on what it is compared with, in turns. */
export async function benchmark(task: BenchTask, plan: BenchmarkPlan): Promise<BenchRow> {
  const { engine, threads, against, signal } = plan;
  const ours = new StepBenchmark(stepSettings(task));
  const theirs = await against?.opponent.enter(task);
  try {
    const contestants = [
      { round: (steps: number) => ours.round(steps, signal) },
      ...(theirs === undefined ? [] : [theirs]),
    ];
    const [ms, againstMs] = (await takeTurns(contestants, plan)) as [number, number?];
    return {
      engine,
      ...task,
      threads,
      ms,
      rowsPerSecond: (1000 * task.batch) / ms,
      against: against?.name ?? null,
      againstMs: againstMs ?? null,
      ratio: againstMs === undefined ? null : ms / againstMs,
      ...(plan.memory && task.work === 'train' ? await memory(task, plan) : {}),
    };
  } finally {
    ours.dispose();
    theirs?.dispose();
  }
}

async function memory(
  task: BenchTask,
  { engine, threads, against, signal }: BenchmarkPlan,
): Promise<Pick<BenchRow, 'peakMemoryMB' | 'againstPeakMemoryMB'>> {
  const peakMemoryMB = await trainingMemoryMB({ engine, threads, task }, signal);
  if (against === undefined) return { peakMemoryMB };
  return { peakMemoryMB, againstPeakMemoryMB: await against.opponent.trainingMemoryMB(task) };
}
