import { median } from '../median';
import type { TreeOpponent } from '../opponent-name';
import { type Entry, timesInTurns, warmUp } from '../rounds';
import type { TreeContestant } from './tree-contestant';
import { type TreeQuality, treeQuality } from './tree-quality';
import type { TreeRows } from './tree-rows';
import { TREE_SETTINGS, type TreeModel } from './tree-task';

/** Time of a fit, or of a batch that is answered: `botlab bench --json`. */
export interface TreeBenchRow {
  readonly engine: string;
  readonly model: TreeModel;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly work: 'train' | 'infer';
  /** Rows of what is timed: those that are fitted to, or of a batch. */
  readonly rows: number;
  readonly threads: number;
  readonly rounds: number;
  /** Milliseconds, median of the rounds, with the least and the most. */
  readonly ms: number;
  readonly msRange: Range;
  readonly rowsPerSecond: number;
  /** Of the answers for the test rows. */
  readonly quality: TreeQuality;
  readonly against: TreeOpponent | null;
  /** The same of what it is compared with. */
  readonly againstMs: number | null;
  readonly againstMsRange: Range | null;
  readonly againstRowsPerSecond: number | null;
  readonly againstQuality: TreeQuality | null;
  /** ms / againstMs: below 1 ours is faster. Its range is that of the rounds' own ratios. */
  readonly ratio: number | null;
  readonly ratioRange: Range | null;
  /** With `--memory`: the most memory of a process that fits this model alone. */
  readonly peakMemoryMB?: number;
  readonly againstPeakMemoryMB?: number;
}

/** The least and the most of some measurements. */
export type Range = readonly [number, number];

/** Who fits, and how it is measured. */
export interface TreePlan {
  readonly engine: string;
  readonly threads: number;
  readonly data: TreeRows;
  readonly ours: TreeContestant;
  readonly against?: { readonly name: TreeOpponent; readonly opponent: TreeContestant };
  readonly works: readonly ('train' | 'infer')[];
  /** How many rows batches have. */
  readonly batches: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly onRound?: () => void;
}

/** The seed of every fit: each round does the same work. */
export const TREE_SEED = 1;

/** How many rounds a model has in all. */
export function roundsOf({ works, batches, rounds }: TreePlan): number {
  return works.reduce((sum, work) => sum + (work === 'train' ? 1 : batches.length), 0) * rounds;
}

/** Times one model and, in turns, the same of what it is compared with. */
export async function benchmarkTrees(model: TreeModel, plan: TreePlan): Promise<TreeBenchRow[]> {
  const { engine, threads, rounds, data, ours, against } = plan;
  const task = { model, seed: TREE_SEED };
  const contestants = [ours, ...(against ? [against.opponent] : [])];
  const qualities: TreeQuality[] = [];
  for (const contestant of contestants) {
    await contestant.fit(task); // uncounted: its code is warm then
    qualities.push(treeQuality(await contestant.answers(), data));
  }
  const [quality, againstQuality = null] = qualities as [TreeQuality, TreeQuality?];
  const common = {
    ...{ engine, model, settings: TREE_SETTINGS[model], threads, rounds },
    ...{ quality, against: against?.name ?? null, againstQuality },
  };
  const measured: TreeBenchRow[] = [];
  const add = async (work: 'train' | 'infer', rows: number, entries: readonly Entry[]) => {
    const times = await timesInTurns(entries, plan);
    measured.push({ ...common, work, rows, ...figures(times, rows) });
  };
  if (plan.works.includes('train')) {
    const entries = contestants.map((one) => ({ contestant: { round: () => one.fit(task) } }));
    await add(
      'train',
      data.train.y.length,
      entries.map((entry) => ({ ...entry, steps: 1 })),
    );
  }
  if (!plan.works.includes('infer')) return measured;
  for (const batch of plan.batches) {
    const entries: Entry[] = [];
    for (const one of contestants) {
      const contestant = { round: (steps: number) => one.infer(batch, steps) };
      entries.push({ contestant, steps: await warmUp(contestant, plan.seconds) });
    }
    await add('infer', batch, entries);
  }
  return measured;
}

/** What the rounds' times say: ours first, then theirs where there are any. */
function figures([times = [], theirs]: number[][], rows: number) {
  const ms = median(times);
  const own = { ms, msRange: rangeOf(times), rowsPerSecond: (1000 * rows) / ms };
  if (theirs === undefined) {
    const none = { againstMs: null, againstMsRange: null, againstRowsPerSecond: null };
    return { ...own, ...none, ratio: null, ratioRange: null };
  }
  const againstMs = median(theirs);
  return {
    ...own,
    againstMs,
    againstMsRange: rangeOf(theirs),
    againstRowsPerSecond: (1000 * rows) / againstMs,
    ratio: ms / againstMs,
    ratioRange: rangeOf(times.map((time, round) => time / theirs[round]!)),
  };
}

function rangeOf(values: readonly number[]): Range {
  return [Math.min(...values), Math.max(...values)];
}
