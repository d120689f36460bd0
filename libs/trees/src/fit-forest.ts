import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { ClassTree } from './class-tree';
import { ClassTrees } from './class-trees';
import { codeColumns } from './codes';
import { type Edges, findEdges } from './edges';
import { ForestCrew } from './forest-crew';
import { ForestGrower, type ForestPlan, TreeNumbers } from './forest-tree';
import type { CodedRows } from './gini-tree';
import { type LabelledRows, requireLabelledRows } from './rows';
import { requireWhole } from './tree-options';

export interface ForestOptions {
  /** How many trees (default 100). */
  readonly trees?: number;
  /** How many columns are tried for a split: the square root of all (default), or a number. */
  readonly columns?: 'sqrt' | number;
  /** How many splits a row meets at most in a tree (default: no limit). */
  readonly depth?: number;
  /** How many rows each leaf has at least, one that was drawn twice counted twice (default 1). */
  readonly leastRows?: number;
  readonly seed?: number;
  /** How many processes grow trees, this one among them (default: one a core); the forest does not depend on it. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Told after each tree. */
  readonly onProgress?: (trees: number, total: number) => void;
}

/** Rows times trees from which on processes are worth their start. */
const WORTH_PROCESSES = 250_000;

/**
 * A random forest (Breiman 2001): trees on rows drawn with repetition, each split chosen among some columns
 * drawn anew. It answers with the mean of its trees' leaves, as scikit-learn's does. Each tree depends on the seed and
 * its number alone, so that any number of threads gives the same bits.
 *
 * @throws InputError for rows or options that no forest can be fitted with; the signal's reason
 */
export async function fitForest(
  data: LabelledRows,
  options: ForestOptions = {},
): Promise<ClassTrees> {
  const { trees = 100, seed = 0, signal, threads = availableParallelism() } = options;
  signal?.throwIfAborted();
  const plan = planOf(data, options);
  const members = data.rows * trees < WORTH_PROCESSES ? 1 : Math.min(threads, trees);
  const crew = members > 1 ? new ForestCrew(members - 1) : undefined;
  const numbers = new TreeNumbers(trees);
  const stop = () => void crew?.end();
  signal?.addEventListener('abort', stop);
  try {
    const edges = findEdges(data, { seed });
    const grown: ClassTree[] = [];
    let done = 0;
    const keep = (number: number, tree: ClassTree): void => {
      signal?.throwIfAborted();
      grown[number] = tree;
      options.onProgress?.(++done, trees);
    };
    const coded = codedRows(data, edges);
    await Promise.all([
      crew?.grow(coded, plan, numbers, keep),
      growHere(coded, plan, numbers, keep),
    ]);
    return ClassTrees.join('forest', grown, { edges, classes: data.classes });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    numbers.end();
    signal?.removeEventListener('abort', stop);
    await crew?.end();
  }
}

function planOf(data: LabelledRows, options: ForestOptions): ForestPlan {
  const { trees = 100, columns = 'sqrt', depth = Infinity, leastRows = 1, seed = 0 } = options;
  requireWhole('trees', trees, { least: 1, most: 100_000 });
  requireWhole('depth', depth, { least: 1, orInfinity: true });
  requireWhole('leastRows', leastRows, { least: 1 });
  requireWhole('threads', options.threads ?? 1, { least: 1 });
  requireLabelledRows(data);
  const tried = columns === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(data.columns))) : columns;
  requireWhole('columns', tried, { least: 1, most: data.columns });
  return { depth, leastRows, tried, seed };
}

function codedRows(data: LabelledRows, edges: readonly Edges[]): CodedRows {
  const { rows, columns, labels, classes } = data;
  return { codes: codeColumns(data, edges), rows, columns, labels, classes };
}

/** Grows trees in this process, until there are no more numbers. */
async function growHere(
  data: CodedRows,
  plan: ForestPlan,
  numbers: TreeNumbers,
  onTree: (number: number, tree: ClassTree) => void,
): Promise<void> {
  const grower = new ForestGrower(data, plan);
  for (let number = numbers.take(); number !== undefined; number = numbers.take()) {
    onTree(number, grower.grow(number));
    await setImmediate(); // to hear of a signal, and of the other processes
  }
}
