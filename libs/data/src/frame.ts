import type { DataFrame } from 'danfojs-node';

/** Columns by their names, all of one length. */
export type FrameColumns = Readonly<
  Record<string, ArrayLike<string | number | boolean | undefined>>
>;

/**
 * danfojs, which is loaded when it is first asked for: that takes a second or two, which those who only train need
 * not wait for; and an import() would make whoever asks asynchronous.
 */
function danfo(): typeof import('danfojs-node') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('danfojs-node') as typeof import('danfojs-node');
}

/** A danfojs DataFrame of these columns, in their order; `undefined` is a cell without a value. */
export function frameOf(columns: FrameColumns): DataFrame {
  const names = Object.keys(columns);
  const length = Math.max(0, ...Object.values(columns).map((column) => column.length));
  const rows = Array.from({ length }, (_, row) => names.map((name) => columns[name]![row]));
  return new (danfo().DataFrame)(rows, { columns: names });
}
