import { builtFile, type ByteSink, RowCrew, type RowSink } from '@botlab/traffic';
import { Footer } from './footer';
import { MAGIC } from './format';
import { GROUP_ROWS } from './group-rows';
import { type RowGroup, RowGroupEncoder } from './row-group';

/**
 * Writes rows of the 115 features as a Parquet file: a column of float64 for each, every bit kept but that
 * −0 is 0. Memory does not depend on how many there are, but for 8 kB for each 8,192.
 *
 * The package hyparquet-writer 0.17 would do; it takes three times as long for each value, and is no module that
 * tests can load from the sources.
 */
export class ParquetSink implements RowSink {
  readonly batchRows = GROUP_ROWS;
  readonly #crew: RowCrew<RowGroup>;
  readonly #footer = new Footer();
  readonly #sink: ByteSink;
  #bytes = 0;

  /** @param threads as in `RowCrewOptions` */
  constructor(sink: ByteSink, threads?: number) {
    this.#sink = sink;
    const encoder = new RowGroupEncoder(GROUP_ROWS);
    this.#crew = new RowCrew({
      batchRows: GROUP_ROWS,
      ownBatches: 1,
      encode: (rows) => encoder.encode(rows),
      worker: builtFile(__dirname, 'parquet-worker.js'),
      take: (group, rows) => this.#take(group, rows),
      threads,
    });
  }

  write(rows: Float64Array<ArrayBuffer>): Promise<Float64Array<ArrayBuffer>> {
    return this.#crew.write(rows);
  }

  async end(): Promise<void> {
    await this.#crew.end();
    if (this.#bytes === 0) await this.#put(MAGIC);
    await this.#put(this.#footer.bytes());
  }

  /** As in `RowCrew`. */
  stop(): Promise<void> {
    return this.#crew.stop();
  }

  async #take({ bytes, columns }: RowGroup, rows: number): Promise<void> {
    if (this.#bytes === 0) await this.#put(MAGIC);
    this.#footer.add(this.#bytes, rows, columns);
    await this.#put(bytes);
  }

  async #put(bytes: Uint8Array): Promise<void> {
    await this.#sink(bytes);
    this.#bytes += bytes.length;
  }
}
