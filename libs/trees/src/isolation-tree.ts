import type { Random } from '@botlab/random';
import type { Rows } from './rows';

/** A tree of random splits as arrays over its nodes; its root is node 0, and a leaf has child 0. */
export interface IsolationTree {
  /** Which column an inner node asks; values up to the threshold go left. */
  readonly column: Int32Array;
  /** The left child; the right one follows it. */
  readonly child: Int32Array;
  /** Of an inner node its threshold; of a leaf the length of the path to one of its rows. */
  readonly value: Float64Array;
}

/** Euler's constant. */
const GAMMA = 0.5772156649015329;

/** The mean number of splits that find one of n rows, c(n) in Liu et al. 2008, equation 1. */
export function meanPath(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + GAMMA) - (2 * (n - 1)) / n;
}

/**
 * Splits rows at random, each leaf by a random column in which its rows differ and a random value between their least
 * and greatest, until it holds one row or is too deep.
 *
 * @param members the rows to split; their order changes
 */
export function growIsolationTree(
  data: Rows,
  members: Int32Array,
  limit: number,
  random: Random,
): IsolationTree {
  const most = 2 * members.length - 1;
  const column = new Int32Array(most);
  const child = new Int32Array(most);
  const value = new Float64Array(most);
  const order = Int32Array.from({ length: data.columns }, (_, i) => i);
  let nodes = 1;
  const waiting: [node: number, rows: Int32Array, depth: number][] = [[0, members, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, rows, depth] = next;
    const split =
      rows.length > 1 && depth < limit ? drawSplit(data, rows, order, random) : undefined;
    if (split === undefined) {
      value[node] = depth + meanPath(rows.length);
      continue;
    }
    column[node] = split.column;
    value[node] = split.threshold;
    child[node] = nodes;
    const middle = part(data, rows, split);
    waiting.push(
      [nodes + 1, rows.subarray(middle), depth + 1],
      [nodes, rows.subarray(0, middle), depth + 1],
    );
    nodes += 2;
  }
  return {
    column: column.slice(0, nodes),
    child: child.slice(0, nodes),
    value: value.slice(0, nodes),
  };
}

interface Split {
  readonly column: number;
  readonly threshold: number;
}

/** A random split of rows; undefined where they differ in no column. */
function drawSplit(
  { x, columns }: Rows,
  rows: Int32Array,
  order: Int32Array,
  random: Random,
): Split | undefined {
  for (let i = 0; i < columns; i++) {
    const j = i + random.int(columns - i);
    const column = order[j]!;
    order[j] = order[i]!;
    order[i] = column;
    let [least, greatest] = [Infinity, -Infinity];
    for (const row of rows) {
      const value = x[row * columns + column]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    if (!(greatest > least)) continue;
    const threshold = least + random.float() * (greatest - least);
    return { column, threshold: threshold < greatest ? threshold : least };
  }
  return undefined;
}

/** Puts the rows that go left before the others, and returns how many they are. */
function part({ x, columns }: Rows, rows: Int32Array, { column, threshold }: Split): number {
  let middle = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (x[row * columns + column]! > threshold) continue;
    rows[i] = rows[middle]!;
    rows[middle++] = row;
  }
  return middle;
}
