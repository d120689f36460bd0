import { InputError } from '@botlab/errors';
import { FEATURE_NAMES } from '@botlab/traffic';
import type { SourceFile } from './source';
import { Table } from './table';

/**
 * A table of the selected rows, files in order, with all that is known of them before they are read:
 * their features are 0.
 *
 * @param selection for each of `files`, ascending row numbers in it (0-based)
 * @throws RangeError for another selection; InputError for more rows than memory holds
 */
export function selectedTable(
  files: readonly SourceFile[],
  selection: readonly Uint32Array[],
): Table {
  requireSelection(files, selection);
  const devices = [...new Set(files.map(({ device }) => device))];
  const rows = selection.reduce((total, picked) => total + picked.length, 0);
  const table = new Table({
    features: allocate(rows),
    columns: FEATURE_NAMES,
    label: new Uint8Array(rows),
    device: new Uint8Array(rows),
    devices,
    file: new Uint16Array(rows),
    files,
    row: new Uint32Array(rows),
  });
  const starts = firstRows(selection);
  for (const [i, { label, device }] of files.entries()) {
    const picked = selection[i]!;
    const [start, end] = [starts[i]!, starts[i]! + picked.length];
    table.label.fill(label, start, end);
    table.device.fill(devices.indexOf(device), start, end);
    table.file.fill(i, start, end);
    table.row.set(picked, start);
  }
  return table;
}

/** For each file the first row of {@link selectedTable} that is its own. */
export function firstRows(selection: readonly Uint32Array[]): number[] {
  let next = 0;
  return selection.map(({ length }) => (next += length) - length);
}

function requireSelection(files: readonly SourceFile[], selection: readonly Uint32Array[]): void {
  const isAscending = (picked: Uint32Array): boolean =>
    picked.every((row, i) => i === 0 || row > (picked[i - 1] ?? 0));
  const fits = files.every(({ rows }, i) => {
    const picked = selection[i];
    return picked !== undefined && isAscending(picked) && (picked.at(-1) ?? 0) < rows;
  });
  if (!fits || selection.length !== files.length) {
    throw new RangeError('A selection is, for each file, ascending numbers of rows that it has');
  }
}

function allocate(rows: number): Float64Array {
  try {
    return new Float64Array(rows * FEATURE_NAMES.length);
  } catch {
    const gigabytes = Math.ceil((rows * FEATURE_NAMES.length * 8) / 1e9);
    throw new InputError(
      `Cannot hold ${rows} rows in memory: they take ${gigabytes} GB; sample fewer.`,
    );
  }
}
