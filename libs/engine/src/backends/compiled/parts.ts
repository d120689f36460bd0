import { productGrain } from './grain';
import type { Host } from './host';

/** Parts that a sum is made of at most, whatever the threads: enough for most machines. */
export const PARTS = 16;

/** Floats that all parts of a sum take at most. */
const PARTIAL_FLOATS = 4 * 2 ** 20;

/** Rows of partial sums are padded to whole vectors. */
export function paddedColumns(host: Host, columns: number): number {
  return Math.ceil(columns / host.lanes) * host.lanes;
}

/** How many items, of so many multiplications each, make one part of a sum that takes `floats`. */
export function partOf(items: number, products: number, floats: number): number {
  const parts = Math.max(1, Math.min(PARTS, Math.floor(PARTIAL_FLOATS / floats)));
  return Math.max(Math.ceil(items / parts), productGrain(products));
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
  const grain = productGrain(16 * parts * columns);
  host.run('addParts', items, grain, [partials, parts, rows, columns, out, extra]);
}
