import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { type Rows, requireRows } from './rows';

/**
 * What tells the bins of a column apart: ascending, one fewer than bins. A value is in the bin whose number is
 * that of the edges below it, so that a value equal to an edge is left of it.
 */
export type Edges = Float64Array;

export interface EdgeOptions {
  /** At most so many bins, 2 to 255. */
  readonly bins?: number;
  readonly seed?: number;
}

/** A code is a byte, and 255 stays free. */
export const MOST_BINS = 255;
/** Quantiles of this many rows are as good as those of all. */
const SAMPLE = 50_000;

/**
 * The edges of each column. A column of no more distinct values than bins has an edge between any two
 * neighbours: binning loses nothing. Of others a seeded sample is cut into bins of about as many rows, where
 * a value that fills a bin by itself has one that it shares with few others (the greedy rule of LightGBM, Ke et
 * al. 2017).
 *
 * @throws InputError when there are no rows or one is not a finite number, and for a number of bins beyond 2 to 255
 */
export function findEdges(data: Rows, { bins = MOST_BINS, seed = 0 }: EdgeOptions = {}): Edges[] {
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= MOST_BINS)) {
    throw new InputError(`Cannot bin into ${bins} bins: expected 2 to ${MOST_BINS}.`);
  }
  requireRows(data);
  const chosen = sampleRows(data.rows, seed);
  const sample = new Float32Array(chosen.length);
  return Array.from({ length: data.columns }, (_, column) => {
    for (let i = 0; i < sample.length; i++) {
      sample[i] = data.x[chosen[i]! * data.columns + column]!;
    }
    const values = fewValues(data, column, sample, bins);
    return values === undefined ? quantileEdges(countValues(sample.sort()), bins) : between(values);
  });
}

/** Ascending rows, all or a sample without repetition. */
function sampleRows(rows: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  if (rows <= SAMPLE) return all;
  const random = new Random(seed, 'edges');
  for (let i = 0; i < SAMPLE; i++) {
    const j = i + random.int(rows - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, SAMPLE).sort();
}

/** The distinct values of a column, ascending, where they are no more than `most`. */
function fewValues(
  { x, rows, columns }: Rows,
  column: number,
  sample: Float32Array,
  most: number,
): Float32Array | undefined {
  const seen = new Set<number>();
  for (const value of sample) if (seen.add(value).size > most) return undefined;
  let last = NaN;
  for (let row = 0; row < rows; row++) {
    const value = x[row * columns + column]!;
    if (value === last) continue;
    if (seen.add(value).size > most) return undefined;
    last = value;
  }
  return Float32Array.from(seen).sort();
}

/** Edges half-way between neighbours. */
function between(values: ArrayLike<number>): Edges {
  const { length } = values;
  return Float64Array.from({ length: length - 1 }, (_, i) => (values[i]! + values[i + 1]!) / 2);
}

/** Distinct values, ascending, and how often each occurs. */
interface Counted {
  readonly values: Float32Array;
  readonly counts: Int32Array;
}

function countValues(sorted: Float32Array): Counted {
  const values = new Float32Array(sorted.length);
  const counts = new Int32Array(sorted.length);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[distinct++] = sorted[i]!;
    counts[distinct - 1]! += 1;
  }
  return { values: values.subarray(0, distinct), counts: counts.subarray(0, distinct) };
}

/** Cuts values into bins of about as many rows, counted without the values that fill a bin by themselves. */
function quantileEdges({ values, counts }: Counted, bins: number): Edges {
  let rowsLeft = 0;
  for (let i = 0; i < counts.length; i++) rowsLeft += counts[i]!;
  const full = rowsLeft / bins;
  let binsLeft = bins;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! < full) continue;
    binsLeft -= 1;
    rowsLeft -= counts[i]!;
  }
  let wanted = rowsLeft / binsLeft;
  const edges: number[] = [];
  let held = 0;
  for (let i = 0; i + 1 < values.length && edges.length < bins - 1; i++) {
    const fills = counts[i]! >= full;
    held += counts[i]!;
    if (!fills) rowsLeft -= counts[i]!;
    const isNextFull = counts[i + 1]! >= full;
    const isFull = held >= wanted || (isNextFull && held >= Math.max(1, wanted / 2));
    if (!fills && !isFull) continue;
    edges.push((values[i]! + values[i + 1]!) / 2);
    held = 0;
    if (!fills) wanted = rowsLeft / --binsLeft;
  }
  return Float64Array.from(edges);
}
