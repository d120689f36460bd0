import { Random } from '@botlab/random';
import { growIsolationTree, type IsolationTree, meanPath } from './isolation-tree';
import type { Saved, SavedArrays, SavedParts } from './saved-arrays';
import { requireNumbers, requireRows, type Rows } from './rows';
import { requireWhole } from './tree-options';

export interface IsolationForestOptions {
  /** How many trees (default 100). */
  readonly trees?: number;
  /** How many rows each tree is grown on, drawn without repetition (default 256, all where they are fewer). */
  readonly sample?: number;
  readonly seed?: number;
}

/** An isolation forest as arrays: the nodes of all trees one after the other. */
export interface IsolationForestParts extends IsolationTree {
  readonly columns: number;
  /** How many rows each tree was grown on. */
  readonly sample: number;
  /** The root of each tree. */
  readonly roots: Int32Array;
}

/** Rows that go through a tree before the next. */
const BATCH = 512;

/** Says how easily rows are told from others by random splits. */
export class IsolationForest implements Saved {
  readonly kind = 'isolation-forest';

  constructor(readonly parts: IsolationForestParts) {}

  /** What a file holds. @throws InputError when it is not as {@link saved} made it */
  static from(saved: SavedArrays): IsolationForest {
    const parts = {
      columns: saved.number('columns'),
      sample: saved.number('sample'),
      value: saved.array('value', Float64Array),
      roots: saved.array('roots', Int32Array),
      column: saved.array('column', Int32Array),
      child: saved.array('child', Int32Array),
    };
    saved.requireNodes(parts, parts.columns);
    saved.require(isWhole(parts), 'its numbers are not those of its trees');
    return new IsolationForest(parts);
  }

  /** All there is to it, to be saved. */
  saved(): SavedParts {
    const { columns, sample, value, roots, column, child } = this.parts;
    return {
      ...{ kind: this.kind, numbers: { columns, sample } },
      arrays: { value, roots, column, child },
    };
  }

  get columns(): number {
    return this.parts.columns;
  }

  /** How large it is. */
  get facts(): { trees: number; nodes: number } {
    const { roots, child } = this.parts;
    return { trees: roots.length, nodes: child.length };
  }

  /**
   * The anomaly score of each row, s = 2^(-E(h) / c(n)) with the mean length of its paths E(h) (Liu et al. 2008,
   * equation 2): near 1 for rows that few splits isolate, about 0.5 where all rows are alike.
   *
   * @param x row-major, `[rows, columns]`
   * @throws InputError when a value is not a finite number
   */
  score(x: Float32Array): Float64Array {
    const { columns, sample, roots } = this.parts;
    const rows = x.length / columns;
    requireNumbers({ x, rows, columns });
    const lengths = new Float64Array(rows);
    for (let first = 0; first < rows; first += BATCH) {
      this.addPaths(x, first, Math.min(first + BATCH, rows), lengths);
    }
    const scale = roots.length * meanPath(sample);
    return lengths.map((length) => 2 ** (scale > 0 ? -length / scale : -1));
  }

  private addPaths(x: Float32Array, first: number, last: number, lengths: Float64Array): void {
    const { columns, roots, column, child, value } = this.parts;
    for (const root of roots) {
      for (let row = first; row < last; row++) {
        const at = row * columns;
        let node = root;
        for (let next = child[node]!; next !== 0; next = child[node]!) {
          node = x[at + column[node]!]! > value[node]! ? next + 1 : next;
        }
        lengths[row]! += value[node]!;
      }
    }
  }
}

/**
 * An isolation forest (Liu, Ting and Zhou 2008), which sees no labels. It splits the values themselves, not their
 * bins.
 *
 * @throws InputError for rows or options that none can be fitted with
 */
export function fitIsolationForest(
  data: Rows,
  { trees = 100, sample = 256, seed = 0 }: IsolationForestOptions = {},
): IsolationForest {
  requireWhole('trees', trees, { least: 1, most: 100_000 });
  requireWhole('sample', sample, { least: 2 });
  requireRows(data);
  const size = Math.min(sample, data.rows);
  const limit = Math.ceil(Math.log2(Math.max(size, 2)));
  const grown = Array.from({ length: trees }, (_, number) => {
    const random = new Random(seed, 'isolation', number);
    return growIsolationTree(data, drawRows(data.rows, size, random), limit, random);
  });
  return new IsolationForest({ ...join(grown), columns: data.columns, sample: size });
}

/** So many of the rows, without repetition (Floyd's algorithm). */
function drawRows(rows: number, size: number, random: Random): Int32Array {
  const chosen = new Set<number>();
  for (let last = rows - size; last < rows; last++) {
    const row = random.int(last + 1);
    chosen.add(chosen.has(row) ? last : row);
  }
  return Int32Array.from(chosen);
}

function join(trees: readonly IsolationTree[]): IsolationTree & { readonly roots: Int32Array } {
  const total = trees.reduce((sum, { child }) => sum + child.length, 0);
  const roots = new Int32Array(trees.length);
  const all = {
    column: new Int32Array(total),
    child: new Int32Array(total),
    value: new Float64Array(total),
  };
  let at = 0;
  trees.forEach(({ column, child, value }, t) => {
    roots[t] = at;
    all.column.set(column, at);
    const inAll = child.map((of) => (of === 0 ? 0 : of + roots[t]!));
    all.child.set(inAll, at);
    all.value.set(value, at);
    at += child.length;
  });
  return { ...all, roots };
}

/** Whether there is a value for each node, and numbers of rows and columns that can be. */
function isWhole({ columns, sample, child, value }: IsolationForestParts): boolean {
  const wholes = [columns, sample].every((number) => Number.isInteger(number) && number >= 1);
  return wholes && value.length === child.length && value.every(Number.isFinite);
}
