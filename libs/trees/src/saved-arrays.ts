import type { InputError } from '@botlab/errors';
import type { NamedArray, TensorValues } from '@botlab/files';
import type { Edges } from './edges';

/** What of trees is saved: their kind, a few numbers, and arrays. */
export interface SavedParts {
  readonly kind: string;
  readonly numbers: Readonly<Record<string, number>>;
  /** Those of the widest numbers first, so that each begins at a multiple of its width. */
  readonly arrays: Readonly<Record<string, TensorValues>>;
}

/** What trees can be saved as. */
export interface Saved {
  saved(): SavedParts;
}

/** Edges of all columns as arrays to save: how many each column has, and all of them in a row. */
export function savedEdges(edges: readonly Edges[]): {
  edges: Float64Array;
  edgeCounts: Int32Array;
} {
  return {
    edges: Float64Array.from(edges.flatMap((of) => [...of])),
    edgeCounts: Int32Array.from(edges, ({ length }) => length),
  };
}

type Constructor<Values> = abstract new (...values: never[]) => Values;

/** The arrays of a file, each taken by its name and type. */
export class SavedArrays {
  /**
   * @param damaged makes the error of what is not as it should be
   */
  constructor(
    readonly kind: string,
    private readonly numbers: Readonly<Record<string, unknown>>,
    private readonly arrays: readonly NamedArray[],
    private readonly damaged: (why: string) => InputError,
  ) {}

  /** Makes sure of something. @throws InputError that says what is wrong where it does not hold */
  require(holds: boolean, wrong: string): void {
    if (!holds) throw this.damaged(wrong);
  }

  /** A number. @throws InputError when there is none of that name */
  number(name: string): number {
    const value = this.numbers[name];
    if (typeof value === 'number') return value;
    throw this.damaged(`its number "${name}" is missing`);
  }

  /** An array. @throws InputError when there is none of that name and type */
  array<Values extends TensorValues>(name: string, type: Constructor<Values>): Values {
    const values = this.arrays.find((array) => array.name === name)?.values;
    if (values instanceof type) return values;
    throw this.damaged(`its array "${name}" is missing`);
  }

  /** The edges of all columns. @throws InputError when they are missing, do not ascend or are more than a column has */
  edges(): Edges[] {
    const counts = this.array('edgeCounts', Int32Array);
    const edges = this.array('edges', Float64Array);
    const sum = counts.reduce((total, count) => total + count, 0);
    if (sum !== edges.length || counts.some((count) => count < 0 || count > 254)) {
      throw this.damaged('its edges are not those of its columns');
    }
    let end = 0;
    const all = [...counts].map((count) => edges.slice(end, (end += count)));
    const ascend = all.every((own) => own.every((edge, i) => i === 0 || edge > own[i - 1]!));
    this.require(ascend && edges.every(Number.isFinite), 'its edges are not those of its columns');
    return all;
  }

  /**
   * Makes sure that nodes are those of trees over so many columns: a leaf has child 0, and children come after their
   * parents, two by two.
   *
   * @throws InputError when they are not
   */
  requireNodes(nodes: SavedNodes, columns: number): void {
    const { roots, column, child } = nodes;
    const isTree = child.every(
      (at, node) =>
        at === 0 ||
        (at > node && at + 1 < child.length && column[node]! >= 0 && column[node]! < columns),
    );
    const hasRoots = roots.length > 0 && roots.every((at) => at >= 0 && at < child.length);
    if (!isTree || !hasRoots || column.length !== child.length) {
      throw this.damaged('its nodes are not those of trees');
    }
  }
}

/** Nodes of trees as arrays. */
export interface SavedNodes {
  readonly roots: Int32Array;
  readonly column: Int32Array;
  readonly child: Int32Array;
}
