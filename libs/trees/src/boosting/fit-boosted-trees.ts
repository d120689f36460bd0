import { setImmediate } from 'node:timers/promises';
import { blocksOf, codeBlocks } from '../codes';
import { type Edges, findEdges } from '../edges';
import { type LabelledRows, requireLabelledRows } from '../rows';
import { type BoostedTree, joinTrees } from './boosted-tree';
import { BoostedTrees } from './boosted-trees';
import { type BoostedRows, Booster, firstScores, treesPerRound } from './booster';
import { type BoostingOptions, settingsOf, type Stopping } from './boosting-options';
import { treeKernels } from './compiled-kernels';
import { HeldOutLoss, holdOut } from './held-out-rows';
import type { TreeMemory } from './tree-kernels';

/**
 * Histogram gradient boosting for classes by the log loss (Friedman 2001; histograms and leaf-wise growth as LightGBM,
 * Ke et al. 2017), by compiled kernels where the engine in use has or is lent some. The defaults are LightGBM's. The same
 * data, options and seed give the same bits on every engine and any number of threads.
 *
 * @throws InputError for rows or options that no trees can be fitted with; the signal's reason, between two rounds
 */
export async function fitBoostedTrees(
  data: LabelledRows,
  options: BoostingOptions = {},
): Promise<BoostedTrees> {
  const settings = settingsOf(options);
  const { rounds, bins, seed, stopping } = settings;
  options.signal?.throwIfAborted();
  requireLabelledRows(data);
  const { train, held } = stopping ? holdOut(data, stopping.rows, seed) : { train: data };
  const edges = findEdges(train, { bins, seed });
  const first = firstScores(train.labels, train.classes);
  const watch = held && stopping && new Watch(new HeldOutLoss(held, edges, first), stopping);
  const kernels = treeKernels();
  const coded = codeRowsInto(kernels.memory, train, edges);
  const booster = new Booster(coded, kernels, settings, first);
  const trees: BoostedTree[] = [];
  try {
    for (let done = 1; done <= rounds; done++) {
      await setImmediate();
      options.signal?.throwIfAborted();
      const grown = booster.round();
      trees.push(...grown);
      const loss = watch?.see(grown);
      options.onRound?.(done, rounds, loss);
      if (watch?.isOver) break;
    }
  } finally {
    booster.dispose();
    kernels.dispose();
    for (const array of [coded.codes, coded.bins, coded.labels]) kernels.memory.free(array);
  }
  const kept = trees.slice(0, (watch?.best ?? rounds) * treesPerRound(train.classes));
  return new BoostedTrees({ ...joinTrees(kept), classes: train.classes, edges, first });
}

/** Rows as codes in the memory of kernels. */
export function codeRowsInto(
  memory: TreeMemory,
  data: LabelledRows,
  edges: readonly Edges[],
): BoostedRows {
  const { rows, columns, classes } = data;
  const blocks = blocksOf(columns);
  const codes = memory.uint8(blocks * rows * 8);
  codes.fill(0, (blocks - 1) * rows * 8); // the columns that fill the last block
  codeBlocks(data, edges, codes);
  const bins = memory.int32(blocks * 8).fill(0);
  edges.forEach((own, column) => (bins[column] = own.length + 1));
  const labels = memory.uint8(rows);
  labels.set(data.labels);
  return { codes, rows, blocks, bins, labels, classes };
}

/** Watches the loss of rows that are held out. */
class Watch {
  /** How many rounds had the lowest loss. */
  best = 0;
  private rounds = 0;
  private lowest = Infinity;

  constructor(
    private readonly held: HeldOutLoss,
    private readonly stopping: Stopping,
  ) {}

  /** Adds a round's trees; the loss with them. */
  see(trees: readonly BoostedTree[]): number {
    const loss = this.held.after(trees);
    this.rounds += 1;
    if (loss < this.lowest) [this.lowest, this.best] = [loss, this.rounds];
    return loss;
  }

  /** Whether there were too many rounds since then. */
  get isOver(): boolean {
    return this.rounds - this.best >= this.stopping.patience;
  }
}
