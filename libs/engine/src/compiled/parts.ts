import type { Host } from './host';

/** Multiplications that are worth a range of their own: some 20 µs of one core. */
export const RANGE_COST = 1.5e6;

/** Parts that a sum is made of at most, whatever the threads: enough for most machines. */
const PARTS = 16;

/** Floats that all parts of a sum take at most. */
const PARTIAL_FLOATS = 4 * 2 ** 20;

/** Rows of partial sums are padded to whole vectors. */
export function paddedColumns(host: Host, columns: number): number {
  return Math.ceil(columns / host.lanes) * host.lanes;
}

/** How many items at a cost each, in multiples of `step`, are a range's work. */
export function grainOf(costOfItem: number, step = 1): number {
  return Math.max(1, Math.round(RANGE_COST / Math.max(1, costOfItem) / step)) * step;
}

/** How many items at a cost each are one part of a sum that takes `floats`. */
export function partOf(items: number, costOfItem: number, floats: number): number {
  const parts = Math.max(1, Math.min(PARTS, Math.floor(PARTIAL_FLOATS / floats)));
  return Math.max(Math.ceil(items / parts), grainOf(costOfItem));
}

/**
 * Sums `partials` `[parts, rows (+ 1), padded columns]` to `out` `[rows, columns]`, and the row after them to
 * `extra` `[columns]`.
 */
export function addParts(
  host: Host,
  partials: Float32Array,
  parts: number,
  rows: number,
  columns: number,
  out: Float32Array,
  extra: Float32Array | null = null,
): void {
  const items = extra === null ? rows : rows + 1;
  const grain = grainOf(16 * parts * columns);
  host.run('addParts', items, grain, [partials, parts, rows, columns, out, extra]);
}
