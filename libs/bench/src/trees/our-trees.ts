import { fitBoostedTrees, fitForest, fitIsolationForest, fitTree } from '@botlab/trees';
import type { TreeAnswers, TreeContestant } from './tree-contestant';
import { batchStart } from './tree-contestant';
import type { TreeRows } from './tree-rows';
import { TREE_SETTINGS, type TreeModel, type TreeTask } from './tree-task';

/** What was fitted: it gives each row a value or, of a classifier, one a class. */
type Fitted = (x: Float32Array) => Float32Array | Float64Array | Promise<Float32Array>;

/** How ours are to compute. */
export interface OurTreesSettings {
  readonly threads: number;
  readonly signal?: AbortSignal;
}

/** The trees of `@botlab/trees`, on the engine in use. */
export class OurTrees implements TreeContestant {
  private fitted: Fitted | undefined;

  constructor(
    private readonly rows: TreeRows,
    private readonly settings: OurTreesSettings,
  ) {}

  async fit({ model, seed }: TreeTask): Promise<number> {
    const start = performance.now();
    this.fitted = await FITS[model](this.rows, { ...this.settings, seed });
    const ms = performance.now() - start;
    this.settings.signal?.throwIfAborted();
    return ms;
  }

  async answers(): Promise<TreeAnswers> {
    const { test, classes } = this.rows;
    const answers = await this.predict(test.x);
    return answers.length === test.y.length
      ? { scores: answers }
      : { labels: test.y.map((_, row) => greatest(answers, row * classes, classes)) };
  }

  async infer(batch: number, steps: number): Promise<number> {
    const { test, features } = this.rows;
    let ms = 0;
    for (let step = 0; step < steps; step++) {
      const first = batchStart(step, batch, test.y.length);
      const x = test.x.subarray(first * features, (first + batch) * features);
      const start = performance.now();
      await this.predict(x);
      ms += performance.now() - start;
    }
    this.settings.signal?.throwIfAborted();
    return ms / steps;
  }

  private predict(x: Float32Array): ReturnType<Fitted> {
    if (this.fitted === undefined) throw new Error('nothing was fitted');
    return this.fitted(x);
  }
}

type Fit = (
  rows: TreeRows,
  settings: OurTreesSettings & { readonly seed: number },
) => Fitted | Promise<Fitted>;

const FITS: Readonly<Record<TreeModel, Fit>> = {
  boosting: async (rows, { seed, signal }) => {
    const model = await fitBoostedTrees(labelled(rows), {
      ...TREE_SETTINGS.boosting,
      ...{ seed, ...(signal ? { signal } : {}) },
    });
    return (x) => model.predict(x);
  },
  forest: async (rows, settings) => {
    const forest = await fitForest(labelled(rows), { ...TREE_SETTINGS.forest, ...settings });
    return (x) => forest.predict(x);
  },
  tree: (rows, { seed }) => {
    const tree = fitTree(labelled(rows), { ...TREE_SETTINGS.tree, seed });
    return (x) => tree.predict(x);
  },
  'isolation-forest': (rows, { seed }) => {
    const forest = fitIsolationForest(benign(rows), { ...TREE_SETTINGS['isolation-forest'], seed });
    return (x) => forest.score(x);
  },
};

function labelled({ train: { x, y }, features, classes }: TreeRows) {
  return { x, rows: y.length, columns: features, labels: y, classes };
}

/** The rows of class 0. */
function benign({ train: { x, y }, features: columns }: TreeRows) {
  const places = Array.from(y.keys()).filter((row) => y[row] === 0);
  const kept = new Float32Array(places.length * columns);
  places.forEach((row, i) => kept.set(x.subarray(row * columns, (row + 1) * columns), i * columns));
  return { x: kept, rows: places.length, columns };
}

/** The place of the greatest of `n` values from `first` on, counted from there; the first of equal ones. */
function greatest(values: ArrayLike<number>, first: number, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++) if (values[first + i]! > values[first + best]!) best = i;
  return best;
}
