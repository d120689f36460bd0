import { InputError } from '@botlab/errors';
import type { DataFrame } from 'danfojs-node';

/** Columns by their names, all of one length. */
export type FrameColumns = Readonly<
  Record<string, ArrayLike<string | number | boolean | undefined>>
>;

/**
 * danfojs, which is loaded when it is first asked for: that takes a second or two, which those who only train need
 * not wait for, nor have it; and an import() would make whoever asks asynchronous.
 *
 * @throws InputError where it is not installed
 */
function danfo(): typeof import('danfojs-node') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('danfojs-node') as typeof import('danfojs-node');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new InputError('Cannot make a frame: danfojs-node is not installed; npm install it.');
  }
}

/** A danfojs DataFrame of these columns, in their order; `undefined` is a cell without a value. */
export function frameOf(columns: FrameColumns): DataFrame {
  const names = Object.keys(columns);
  const length = Math.max(0, ...Object.values(columns).map((column) => column.length));
  const rows = Array.from({ length }, (_, row) => names.map((name) => columns[name]![row]));
  return new (danfo().DataFrame)(rows, { columns: names });
}
