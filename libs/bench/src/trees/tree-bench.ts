import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import type { Source } from '@botlab/data';
import { chosenSource, DataSpec, forTask, prepareData, type SourceSpec } from '@botlab/training';
import type { TreeOpponent } from '../opponent-name';
import { OurTrees } from './our-trees';
import { benchmarkTrees, roundsOf, TREE_SEED, type TreeBenchRow } from './tree-benchmark';
import type { TreeBenchTitles } from './tree-bench-text';
import { treeMemoryMB } from './tree-memory';
import { type TreeOpponentSettings, TreeOpponentProcess } from './tree-opponent';
import { type TreeRows, type TreeRowsFolder, withRowsFolder } from './tree-rows';
import type { TreeModel } from './tree-task';

/** What trees are timed at. */
export interface TreeBenchRequest {
  readonly models: readonly TreeModel[];
  readonly engine: string;
  readonly against: TreeOpponent | undefined;
  readonly works: readonly ('train' | 'infer')[];
  /** Rows to sample, of which a fifth is answered and the rest fitted to. */
  readonly rows: number;
  readonly batch: number;
  readonly threads: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly memory: boolean;
  readonly signal: AbortSignal;
  /** Opens the rows that are sampled. */
  readonly open: (spec: SourceSpec) => Promise<Source>;
  /** Told how much is done, of how much: of the data, then of the rounds. */
  readonly onData?: (done: number, total: number) => void;
  readonly onRound?: ((done: number, total: number) => void) | undefined;
}

/**
 * Times trees on simulated rows, beside those of an opponent where there is one.
 *
 * @throws InputError where the opponent is not installed, or there are fewer rows to answer than a batch has
 */
export async function treeBench(
  request: TreeBenchRequest,
): Promise<{ rows: readonly TreeBenchRow[]; titles: TreeBenchTitles }> {
  const { against: name, threads, signal, engine: wanted } = request;
  const settings = name && { name, threads, signal };
  const opponent = settings && (await TreeOpponentProcess.start(settings));
  try {
    const data = await rowsOf(request);
    const { name: engine, detail } = await useEngine(wanted, { threads });
    const rows = await withRowsFolder(data, async (folder) => {
      await opponent?.read(folder);
      const measured = await measure(request, { engine, data, opponent });
      return request.memory ? withMemory(measured, { engine, folder, settings, signal }) : measured;
    });
    return { rows, titles: { engine: `${engine} (${detail})`, against: opponent?.title, data } };
  } finally {
    await opponent?.close();
  }
}

/** The simulated rows as a model reads them, of the eleven classes. */
async function rowsOf({ rows, batch, works, open, onData }: TreeBenchRequest): Promise<TreeRows> {
  const spec = DataSpec.parse({ source: chosenSource(), sample: { rows }, seed: TREE_SEED });
  const source = await open(spec.source);
  const prepared = await prepareData(source, spec, { onProgress: onData });
  const { train, test, features, classes } = forTask(prepared, 'multiclass');
  if (works.includes('infer') && test.y.length < batch) {
    throw new InputError(
      `Cannot time batches of ${batch} rows: of ${rows} rows ${test.y.length} are there to be answered; ` +
        'name more --rows, or a smaller --batch.',
    );
  }
  return { train, test, features, classes: classes.length };
}

interface Measured {
  readonly engine: string;
  readonly data: TreeRows;
  readonly opponent: TreeOpponentProcess | undefined;
}

async function measure(
  request: TreeBenchRequest,
  { engine, data, opponent }: Measured,
): Promise<TreeBenchRow[]> {
  const { models, works, batch, threads, rounds, seconds, signal, against: name } = request;
  let done = 0;
  const plan = {
    ...{ engine, threads, data, works, rounds, seconds, batches: [...new Set([batch, 1])] },
    ours: new OurTrees(data, { threads, signal }),
    ...(name && opponent ? { against: { name, opponent } } : {}),
    onRound: () => request.onRound?.(++done, total),
  };
  const total = models.length * roundsOf(plan);
  const rows: TreeBenchRow[] = [];
  for (const model of models) rows.push(...(await benchmarkTrees(model, plan)));
  return rows;
}

interface MemoryPlan {
  readonly engine: string;
  readonly folder: TreeRowsFolder;
  readonly settings: TreeOpponentSettings | undefined;
  readonly signal: AbortSignal;
}

/** The same rows, those of fits with the memory of processes that fit once. */
async function withMemory(
  rows: readonly TreeBenchRow[],
  { engine, folder, settings, signal }: MemoryPlan,
): Promise<TreeBenchRow[]> {
  const measured: TreeBenchRow[] = [];
  for (const row of rows) {
    if (row.work !== 'train') {
      measured.push(row);
      continue;
    }
    const task = { model: row.model, seed: TREE_SEED };
    const job = { engine, threads: row.threads, task, rows: folder };
    const peakMemoryMB = await treeMemoryMB(job, signal);
    const theirs = settings && (await theirMemoryMB(settings, folder, task));
    const againstPeakMemoryMB = theirs === undefined ? {} : { againstPeakMemoryMB: theirs };
    measured.push({ ...row, peakMemoryMB, ...againstPeakMemoryMB });
  }
  return measured;
}

async function theirMemoryMB(
  settings: TreeOpponentSettings,
  rows: TreeRowsFolder,
  task: Parameters<TreeOpponentProcess['fit']>[0],
): Promise<number> {
  const process = await TreeOpponentProcess.start(settings);
  try {
    await process.read(rows);
    await process.fit(task);
    return await process.peakMemoryMB();
  } finally {
    await process.close();
  }
}
