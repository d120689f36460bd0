import { builtFile } from './built-file';
import { CsvText } from './csv-text';
import { RowCrew } from './row-crew';
import type { Encoded } from './row-worker';

/** Takes bytes, and settles when it wants more. */
export type ByteSink = (bytes: Uint8Array) => void | Promise<void>;

const BATCH_ROWS = 512;
/** Some tens of milliseconds of work. */
const OWN_BATCHES = 8;

/**
 * Writes rows as CSV (see {@link CsvText}), the header before the first. Memory does not depend on how many
 * there are.
 *
 * @param threads as in `RowCrewOptions`
 */
export function csvSink(sink: ByteSink, threads?: number): RowCrew<Encoded> {
  const text = new CsvText();
  let isBegun = false;
  return new RowCrew({
    batchRows: BATCH_ROWS,
    ownBatches: OWN_BATCHES,
    encode: (rows) => ({ bytes: text.encode(rows) }),
    worker: builtFile(__dirname, 'csv-worker.js'),
    take: async ({ bytes }) => {
      if (!isBegun) await sink(CsvText.header);
      isBegun = true;
      await sink(bytes);
    },
    threads,
  });
}
