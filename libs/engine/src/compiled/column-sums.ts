import type { Host } from './host';
import { addParts, paddedColumns, partOf } from './parts';

/** Fills `out` `[columns]` with the sums over the rows of `values` `[rows, columns]`. */
export function columnSums(
  host: Host,
  values: Float32Array,
  rows: number,
  columns: number,
  out: Float32Array,
): void {
  if (rows === 0) {
    out.fill(0);
    return;
  }
  const width = paddedColumns(host, columns);
  const grain = partOf(rows, 8 * columns, width);
  const parts = Math.ceil(rows / grain);
  const partials = host.allocate(parts * width);
  host.run('columnSums', rows, grain, [values, partials, columns]);
  addParts(host, partials, parts, 1, columns, out);
  host.release(partials);
}
