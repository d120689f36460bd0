import path from 'node:path';
import { InputError } from '@botlab/errors';
import { CsvFile } from './csv-file';
import { withDuckDB } from './duckdb';
import { layoutOf } from './layout';
import { FEATURE_NAMES } from '@botlab/traffic';
import type { ReadOptions, Source, SourceFile } from './source';
import { Table } from './table';

/** What `Table` can number: devices in a byte, files in two. */
const MOST_DEVICES = 256;

/**
 * The rows of N-BaIoT's CSV files in a folder, in the layout of UCI (`DEVICE/benign_traffic.csv`,
 * `DEVICE/gafgyt_attacks/combo.csv`) or of Kaggle (`1.benign.csv`, `1.gafgyt.combo.csv`), plain or
 * with `.gz` behind the name. Opening it checks every header and counts every file's rows; reading
 * checks every cell of the files that rows are selected from.
 *
 * @param options progress is told in files
 * @throws InputError for a folder or file that is not as it should be; its message names the file
 */
export async function csvSource(folder: string, options: ReadOptions = {}): Promise<Source> {
  const { kind, files: found } = await layoutOf(folder);
  const files: SourceFile[] = [];
  const opened: CsvFile[] = [];
  for (const { name, device, label } of found) {
    options.signal?.throwIfAborted();
    options.onProgress?.(files.length, found.length);
    const file = await CsvFile.open(path.join(folder, name), options.signal);
    files.push({ name, device, label: label.index, rows: file.rows });
    opened.push(file);
  }
  options.onProgress?.(files.length, found.length);
  const devices = [...new Set(files.map(({ device }) => device))];
  if (devices.length > MOST_DEVICES) {
    throw new InputError(
      `Cannot read ${folder}: it holds ${devices.length} devices, expected ${MOST_DEVICES} at most; name a folder with fewer.`,
    );
  }
  return {
    description: `N-BaIoT CSV files in the ${kind} layout, ${folder}`,
    synthetic: false,
    files,
    rows: files.reduce((total, { rows }) => total + rows, 0),
    read: (selection, readOptions = {}) =>
      readTable(opened, files, devices, selection, readOptions),
  };
}

async function readTable(
  opened: readonly CsvFile[],
  files: readonly SourceFile[],
  devices: readonly string[],
  selection: readonly Uint32Array[],
  { onProgress, signal }: ReadOptions,
): Promise<Table> {
  requireSelection(files, selection);
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
  const isRead = (i: number): boolean => (selection[i]?.length ?? 0) > 0;
  const total = files.reduce((sum, file, i) => sum + (isRead(i) ? file.rows : 0), 0);
  let done = 0;
  let firstRow = 0;
  await withDuckDB(async (connection) => {
    for (const [i, file] of opened.entries()) {
      const picked = selection[i];
      const source = files[i];
      if (picked === undefined || source === undefined || !isRead(i)) continue;
      await file.read(connection, picked, { features: table.features, firstRow }, (rowsRead) => {
        signal?.throwIfAborted();
        onProgress?.(done + rowsRead, total);
      });
      const end = firstRow + picked.length;
      table.label.fill(source.label, firstRow, end);
      table.device.fill(devices.indexOf(source.device), firstRow, end);
      table.file.fill(i, firstRow, end);
      table.row.set(picked, firstRow);
      firstRow = end;
      done += file.rows;
    }
  });
  return table;
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
