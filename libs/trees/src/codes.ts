import type { Edges } from './edges';
import { requireNumbers, type Rows } from './rows';

/** Columns whose codes of a row lie together in blocks. */
export const BLOCK = 8;
/** Edges of a column padded to this many, so that a search takes eight steps whatever their number. */
const PADDED = 255;
/** Rows that are coded before the next column is: their values stay in the first cache. */
const TILE = 64;

/** How many blocks of eight so many columns take; the last is padded with zeros. */
export function blocksOf(columns: number): number {
  return Math.ceil(columns / BLOCK);
}

/**
 * The bin of each value, column after column: `[columns, rows]`, the layout of forests, whose nodes look at
 * one column at a time.
 *
 * @param into where they go; made where it is not given
 * @throws InputError when a value is not a finite number, with its row and column
 */
export function codeColumns(
  data: Rows,
  edges: readonly Edges[],
  into: Uint8Array = new Uint8Array(data.rows * data.columns),
): Uint8Array {
  return code(data, edges, into, (column) => column * data.rows, 1);
}

/**
 * The bin of each value, in blocks of eight columns: `[blocks, rows, 8]`, the layout of boosting, whose nodes
 * look at all columns.
 *
 * @param into where they go, of `blocksOf(columns) * rows * 8` bytes; made where it is not given
 * @throws InputError when a value is not a finite number, with its row and column
 */
export function codeBlocks(
  data: Rows,
  edges: readonly Edges[],
  into: Uint8Array = new Uint8Array(blocksOf(data.columns) * data.rows * BLOCK),
): Uint8Array {
  const start = (column: number): number =>
    Math.floor(column / BLOCK) * data.rows * BLOCK + (column % BLOCK);
  return code(data, edges, into, start, BLOCK);
}

/**
 * The bin of each value, row after row: `[rows, columns]`, the layout of prediction.
 *
 * @throws InputError when a value is not a finite number, with its row and column
 */
export function codeRows(
  data: Rows,
  edges: readonly Edges[],
  into: Uint8Array = new Uint8Array(data.rows * data.columns),
): Uint8Array {
  return code(data, edges, into, (column) => column, data.columns);
}

/** Codes of which those of a column begin at `start(column)` and are `stride` bytes apart. */
function code(
  data: Rows,
  edges: readonly Edges[],
  into: Uint8Array,
  start: (column: number) => number,
  stride: number,
): Uint8Array {
  requireNumbers(data);
  const { x, rows, columns } = data;
  if (edges.length !== columns) {
    throw new RangeError(`edges of ${edges.length} columns for ${columns} columns`);
  }
  const padded = pad(edges);
  for (let first = 0; first < rows; first += TILE) {
    const last = Math.min(first + TILE, rows);
    for (let column = 0; column < columns; column++) {
      let to = start(column) + first * stride;
      for (let row = first; row < last; row++, to += stride) {
        into[to] = binOf(padded, column * PADDED, x[row * columns + column]!);
      }
    }
  }
  return into;
}

const paddedEdges = new WeakMap<readonly Edges[], Float64Array>();

/** Edges of all columns, padded with infinity, made once for a model. */
function pad(edges: readonly Edges[]): Float64Array {
  const known = paddedEdges.get(edges);
  if (known !== undefined) return known;
  const padded = new Float64Array(PADDED * edges.length).fill(Infinity);
  edges.forEach((of, column) => padded.set(of, column * PADDED));
  paddedEdges.set(edges, padded);
  return padded;
}

/** How many of the 255 padded edges that begin at `at` lie below a value. */
function binOf(edges: Float64Array, at: number, value: number): number {
  let low = at;
  // A product in place of a branch, of which no processor can guess which way it goes.
  for (let half = 128; half >= 1; half >>= 1) low += half * Number(edges[low + half - 1]! < value);
  return low - at;
}
