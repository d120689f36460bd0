import type { Source } from '@botlab/data';
import { type SourceSpec, WORKS } from '@botlab/training';
import { type BenchOptions, benchRequest } from './bench-request';
import { benchText, dispatchText, profileText } from './networks/bench-text';
import {
  benchNetworks,
  countNetworkDispatches,
  type NetworkRequest,
  profileNetworks,
} from './networks/network-bench';
import { isTreeOpponent } from './opponent-name';
import { treeBench, type TreeBenchRequest } from './trees/tree-bench';
import { treeBenchText } from './trees/tree-bench-text';

/** What was measured: as data, and for a terminal. */
export interface Measured {
  readonly json: object;
  readonly text: string;
}

/** Where rows come from, and who is told how far it is. */
export interface MeasureOptions {
  readonly signal: AbortSignal;
  /** Opens the simulated rows that trees are fitted to. */
  readonly open: (spec: SourceSpec) => Promise<Source>;
  /** How much is done, of how much: of reading those rows, then of all that is measured. */
  readonly onData?: (done: number, total: number) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Rows to sample, where nothing is said. */
const TREE_ROWS = 10_000;

/**
 * Measures what is asked for: steps of networks, whole fits of trees, or where a step's time goes.
 *
 * @throws InputError for what does not go together, and where an engine or an opponent is not installed; the signal's
 * reason
 */
export async function measure(options: BenchOptions, how: MeasureOptions): Promise<Measured> {
  const asked = benchRequest(options);
  if ('trees' in asked) return measureTrees(asked.trees, options, how);
  const request = { ...options, ...how, models: asked.networks };
  if (options.countDispatches) return count(request);
  if (options.profileKernels) {
    const { profiles, engine } = await profileNetworks(request);
    return { json: { profiles }, text: profileText(profiles, engine) };
  }
  const { against } = options;
  const { rows, titles } = await benchNetworks({
    ...{ ...request, works: worksOf(options), memory: options.memory ?? false },
    against: isTreeOpponent(against) ? undefined : against,
  });
  return { json: { rows }, text: benchText(rows, titles) };
}

async function measureTrees(
  models: TreeBenchRequest['models'],
  options: BenchOptions,
  { onProgress, ...how }: MeasureOptions,
): Promise<Measured> {
  const { against, rows = TREE_ROWS, memory = false } = options;
  const measured = await treeBench({
    ...{ ...options, ...how, models, rows, memory, works: worksOf(options) },
    against: isTreeOpponent(against) ? against : undefined,
    onRound: onProgress,
  });
  const text = treeBenchText(measured.rows, measured.titles);
  return { json: { rows: measured.rows }, text };
}

async function count(request: NetworkRequest): Promise<Measured> {
  const { rows, engine } = await countNetworkDispatches(request);
  const dispatchesPerStep = Math.max(...rows.map((row) => row.dispatchesPerStep));
  return { json: { dispatchesPerStep, rows }, text: dispatchText(rows, engine) };
}

/** The kinds of work that are asked for. */
function worksOf({ work }: Pick<BenchOptions, 'work'>) {
  return work === 'all' ? WORKS : [work];
}
