import path from 'node:path';
import { InputError } from '@botlab/errors';
import { isMarkedSynthetic } from '@botlab/traffic';
import { CsvFile } from './csv-file';
import { withDuckDB } from './duckdb';
import { layoutOf } from './layout';
import { firstRows, selectedTable } from './selection';
import type { ReadOptions, Source, SourceFile } from './source';
import type { Table } from './table';

/** What `Table` can number: devices in a byte, files in two. */
const MOST_DEVICES = 256;

/**
 * The rows of N-BaIoT's CSV files in a folder, in the layout of UCI (`DEVICE/benign_traffic.csv`,
 * `DEVICE/gafgyt_attacks/combo.csv`) or of Kaggle (`1.benign.csv`, `1.gafgyt.combo.csv`), plain or
 * with `.gz` behind the name. Opening it checks every header and counts every file's rows; reading
 * checks every cell of the files that rows are selected from. A folder that `simulateFolder` marked is
 * synthetic.
 *
 * @param options progress is told in files
 * @throws InputError for a folder or file that is not as it should be; its message names the file
 */
export async function csvSource(folder: string, options: ReadOptions = {}): Promise<Source> {
  const { kind, files: found, others } = await layoutOf(folder);
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
  const devices = new Set(files.map(({ device }) => device)).size;
  if (devices > MOST_DEVICES) {
    throw new InputError(
      `Cannot read ${folder}: it holds ${devices} devices, expected ${MOST_DEVICES} at most; name a folder with fewer.`,
    );
  }
  const synthetic = isMarkedSynthetic(folder);
  return {
    description: `${synthetic ? 'simulated' : 'N-BaIoT'} CSV files in the ${kind} layout, ${folder}`,
    synthetic,
    files,
    others,
    rows: files.reduce((total, { rows }) => total + rows, 0),
    read: (selection, readOptions = {}) => readTable(opened, files, selection, readOptions),
  };
}

async function readTable(
  opened: readonly CsvFile[],
  files: readonly SourceFile[],
  selection: readonly Uint32Array[],
  { onProgress, signal }: ReadOptions,
): Promise<Table> {
  const table = selectedTable(files, selection);
  const starts = firstRows(selection);
  const isRead = (i: number): boolean => (selection[i]?.length ?? 0) > 0;
  const total = files.reduce((sum, file, i) => sum + (isRead(i) ? file.rows : 0), 0);
  let done = 0;
  await withDuckDB(async (connection) => {
    for (const [i, file] of opened.entries()) {
      const picked = selection[i];
      const firstRow = starts[i];
      if (picked === undefined || firstRow === undefined || !isRead(i)) continue;
      await file.read(connection, picked, { features: table.features, firstRow }, (rowsRead) => {
        signal?.throwIfAborted();
        onProgress?.(done + rowsRead, total);
      });
      done += file.rows;
    }
  });
  return table;
}
