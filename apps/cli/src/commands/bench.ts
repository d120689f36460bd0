import {
  benchNetworks,
  type BenchOptions,
  benchRequest,
  benchText,
  countNetworkDispatches,
  dispatchText,
  isTreeOpponent,
  type NetworkRequest,
  profileNetworks,
  profileText,
  treeBench,
  type TreeBenchRequest,
  treeBenchText,
  worksOf,
} from '@botlab/bench';
import { openData } from '../chosen-data';
import { interruptible } from '../interruption';
import { ReadingProgress } from '../progress';

/** What is typed after `botlab bench`. */
export interface Options extends BenchOptions {
  readonly engine: string;
  readonly batch: number;
  readonly threads: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly json?: true;
}

/** Rows of simulated data, where `--rows` does not say. */
const TREE_ROWS = 10_000;

/** A result: what is printed as JSON, and what as text. */
interface Answer {
  readonly json: object;
  readonly text: () => string;
}

/** Does what `botlab bench` was asked for. */
export async function run(options: Options): Promise<void> {
  const asked = benchRequest(options);
  const answer = await interruptible(
    (signal) =>
      'trees' in asked
        ? timeTrees(asked.trees, options, signal)
        : timeNetworks(asked.networks, options, signal),
    'interrupted; nothing was printed.',
  );
  const text = options.json ? JSON.stringify(answer.json, null, 2) : answer.text();
  process.stdout.write(`${text}\n`);
}

/** Times whole fits of trees, and their answers. */
async function timeTrees(
  models: TreeBenchRequest['models'],
  { against, rows = TREE_ROWS, cache, memory = false, ...how }: Options,
  signal: AbortSignal,
): Promise<Answer> {
  const reading = new ReadingProgress('simulating data');
  const progress = new ReadingProgress('measuring');
  try {
    const measured = await treeBench({
      ...{ ...how, models, rows, memory, signal, works: worksOf(how) },
      against: isTreeOpponent(against) ? against : undefined,
      open: (spec) => openData(spec, cache === undefined ? {} : { cache }),
      onData: reading.onProgress,
      onRound: progress.onProgress,
    });
    const text = () => treeBenchText(measured.rows, measured.titles);
    return { json: { rows: measured.rows }, text };
  } finally {
    reading.stop();
    progress.stop();
  }
}

/** Times steps of networks, or looks into them. */
async function timeNetworks(
  models: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<Answer> {
  const progress = new ReadingProgress('measuring');
  const request = { ...options, models, signal, onProgress: progress.onProgress };
  try {
    if (options.countDispatches) return await count(request);
    if (options.profileKernels) {
      const { profiles, engine } = await profileNetworks(request);
      return { json: { profiles }, text: () => profileText(profiles, engine) };
    }
    const { against, memory = false } = options;
    const { rows, titles } = await benchNetworks({
      ...{ ...request, memory, works: worksOf(options) },
      against: isTreeOpponent(against) ? undefined : against,
    });
    return { json: { rows }, text: () => benchText(rows, titles) };
  } finally {
    progress.stop();
  }
}

async function count(request: NetworkRequest): Promise<Answer> {
  const { rows, engine } = await countNetworkDispatches(request);
  const dispatchesPerStep = Math.max(...rows.map((row) => row.dispatchesPerStep));
  return { json: { dispatchesPerStep, rows }, text: () => dispatchText(rows, engine) };
}
