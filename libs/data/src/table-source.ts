import type { Source, SourceFile } from './source';
import type { Table } from './table';

/** What a table cannot say of itself. */
export interface TableSourceOptions {
  /** One line for reports: what the rows are. */
  readonly description?: string;
  /** Whether they are made up rather than recorded. */
  readonly synthetic?: boolean;
}

/** The rows of a table in memory as a source: with the columns that the table has, not always all 115. */
export function tableSource(
  table: Table,
  { description = 'a table in memory', synthetic = false }: TableSourceOptions = {},
): Source {
  const groups = new Map<string, { file: SourceFile; rows: number[] }>();
  for (let row = 0; row < table.rows; row++) {
    const { name } = table.files[table.file[row]!]!;
    const [device, label] = [table.devices[table.device[row]!]!, table.label[row]!];
    const key = JSON.stringify([table.file[row], device, label]);
    const group = groups.get(key) ?? { file: { name, device, label, rows: 0 }, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const parts = [...groups.values()];
  return {
    description: `${description}${synthetic ? ' (synthetic)' : ''}`,
    synthetic,
    files: parts.map(({ file, rows }) => ({ ...file, rows: rows.length })),
    rows: table.rows,
    read: (selection, { signal, onProgress } = {}) => {
      signal?.throwIfAborted();
      const picked = parts.flatMap(({ rows }, i) => Array.from(selection[i]!, (at) => rows[at]!));
      onProgress?.(picked.length, picked.length);
      return Promise.resolve(table.take(picked));
    },
  };
}
