import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import { type Work, WORKS } from '@botlab/training';
import { type BenchModels, benchModels } from '../bench-models';
import { widthOf } from '../bench-task';
import { benchText, dispatchText, profileText } from '../bench-text';
import { benchmark, type BenchRow } from '../benchmark';
import { countDispatches, type DispatchCount } from '../dispatch-count';
import { interruptible } from '../interruption';
import { openOpponent } from '../opponent';
import { isTreeOpponent, type OpponentName } from '../opponent-name';
import { ReadingProgress } from '../progress';
import { REFERENCE } from '../reference-model';
import { profileStep, type StepProfile } from '../step-profile';
import { treeBench } from '../tree-bench/tree-bench';
import { treeBenchText } from '../tree-bench/tree-bench-text';
import type { TreeModel } from '../tree-bench/tree-task';

/** What is typed after `botlab bench`. */
export interface Options {
  readonly engine: string;
  readonly against?: OpponentName;
  readonly models?: readonly string[];
  readonly work: Work | 'all';
  readonly batch: number;
  readonly rows?: number;
  readonly cache?: string;
  readonly width?: number;
  readonly threads: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly memory?: true;
  readonly profileKernels?: true;
  readonly countDispatches?: true;
  readonly json?: true;
}

/** Rows of simulated data, where `--rows` does not say. */
const TREE_ROWS = 10_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const printJSON = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Does what `botlab bench` was asked for. */
export async function run(options: Options): Promise<void> {
  const only = options.countDispatches && options.models === undefined;
  const asked = benchModels(only ? { ...options, models: [REFERENCE] } : options);
  requireFitting(options, asked); // what is asked for in vain is said before anything is measured
  await interruptible(
    (signal) =>
      'trees' in asked
        ? timeTrees(asked.trees, options, signal)
        : timeNetworks(asked.networks, options, signal),
    'interrupted; nothing was printed.',
  );
}

/** @throws InputError for options that say nothing of what is timed */
function requireFitting(options: Options, asked: BenchModels): void {
  if (options.memory && options.work === 'infer') {
    throw new InputError(
      'Cannot measure memory with --work infer: it is the memory of training; leave one of them out.',
    );
  }
  const given = (names: readonly (keyof Options)[]) =>
    names.find((name) => options[name] !== undefined);
  const [stray, of, others] =
    'trees' in asked
      ? [given(['width', 'profileKernels', 'countDispatches']), asked.trees[0], 'networks']
      : [given(['rows', 'cache']), asked.networks[0], 'trees'];
  if (stray === undefined) return;
  const typed = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(
    `Cannot time ${of} with --${typed}, which is for ${others}; leave it out, or name ${others} with --models.`,
  );
}

/** Times whole fits of trees, and their answers. */
async function timeTrees(
  models: readonly TreeModel[],
  { engine, against, work, rows = TREE_ROWS, cache, memory, json, ...how }: Options,
  signal: AbortSignal,
): Promise<void> {
  const { batch, threads, rounds, seconds } = how;
  const measured = await treeBench({
    ...{ models, engine, rows, cache, batch, threads, rounds, seconds, signal },
    against: isTreeOpponent(against) ? against : undefined,
    works: work === 'all' ? WORKS : [work],
    memory: memory ?? false,
  });
  if (json) printJSON({ rows: measured.rows });
  else print(treeBenchText(measured.rows, measured.titles));
}

async function timeNetworks(
  models: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const progress = new ReadingProgress('measuring');
  try {
    await workOf(options)(models, options, progress, signal);
  } finally {
    progress.stop();
  }
}

function workOf({ profileKernels, countDispatches }: Options): typeof compare {
  if (countDispatches) return count;
  return profileKernels ? profile : compare;
}

/** Times the models' work, beside that of an opponent where there is one. */
async function compare(
  models: readonly string[],
  options: Options,
  progress: ReadingProgress,
  signal: AbortSignal,
): Promise<void> {
  const { batch, threads, rounds, seconds, against } = options;
  const name = isTreeOpponent(against) ? undefined : against;
  const { name: engine, detail, runsOn } = await useEngine(options.engine, { threads });
  const onCard = runsOn === 'card';
  const opponent = name && (await openOpponent(name, { engine, onCard, threads, models, signal }));
  try {
    const works = options.work === 'all' ? WORKS : [options.work];
    const tasks = models.flatMap((model) =>
      works.map((work) => ({ model, work, batch, width: widthOf(model, options.width) })),
    );
    let done = 0;
    const plan = {
      ...{ engine, threads, rounds, seconds, signal, memory: options.memory ?? false },
      ...(name && opponent ? { against: { name, opponent } } : {}),
      onRound: () => progress.onProgress(++done, tasks.length * rounds),
    };
    const rows: BenchRow[] = [];
    for (const task of tasks) rows.push(await benchmark(task, plan));
    progress.stop();
    const titles = { engine: `${engine} (${detail})`, against: opponent?.title };
    if (options.json) printJSON({ rows });
    else print(benchText(rows, titles));
  } finally {
    await opponent?.close();
  }
}

/** Says where the time of the models' training steps goes. */
async function profile(
  models: readonly string[],
  { engine: wanted, batch, width, threads, seconds, json }: Options,
  progress: ReadingProgress,
  signal: AbortSignal,
): Promise<void> {
  const { name: engine, detail } = await useEngine(wanted, { threads });
  const profiles: StepProfile[] = [];
  for (const model of models) {
    const task = { model, batch, width: widthOf(model, width) };
    profiles.push(await profileStep(task, { engine, threads, seconds, signal }));
    progress.onProgress(profiles.length, models.length);
  }
  progress.stop();
  if (json) printJSON({ profiles });
  else print(profileText(profiles, `${engine} (${detail})`));
}

/** Says how often the models' training steps ask the graphics card to compute something. */
async function count(
  models: readonly string[],
  { engine: wanted, batch, width, threads, json }: Options,
  progress: ReadingProgress,
  signal: AbortSignal,
): Promise<void> {
  const { name: engine, detail } = await useEngine(wanted, { threads });
  const rows: DispatchCount[] = [];
  for (const model of models) {
    const task = { model, batch, width: widthOf(model, width) };
    rows.push(await countDispatches(task, { engine, signal }));
    progress.onProgress(rows.length, models.length);
  }
  progress.stop();
  const dispatchesPerStep = Math.max(...rows.map((row) => row.dispatchesPerStep));
  if (json) printJSON({ dispatchesPerStep, rows });
  else print(dispatchText(rows, `${engine} (${detail})`));
}
