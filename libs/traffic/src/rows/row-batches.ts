import { FEATURES } from '../schema';
import type { RowSink } from './row-sink';

const WIDTH = FEATURES.length;

/** Gathers rows one by one for a sink. */
export class RowBatches {
  #room: Float64Array<ArrayBuffer>;
  #gathered = 0;
  #rows = 0;

  constructor(readonly sink: RowSink) {
    this.#room = new Float64Array(sink.batchRows * WIDTH);
  }

  /** How many rows were appended. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Appends a row, which `write` writes into an array from an offset on. Where it returns true, `flush`
   * before the next.
   */
  append(from: { write(out: Float64Array, offset: number): void }): boolean {
    if (this.#gathered === this.sink.batchRows) throw new RangeError('flush before the next row');
    from.write(this.#room, this.#gathered * WIDTH);
    this.#rows++;
    return ++this.#gathered === this.sink.batchRows;
  }

  /** Hands over what was gathered. */
  async flush(): Promise<void> {
    if (this.#gathered === 0) return;
    const rows = this.#room.subarray(0, this.#gathered * WIDTH);
    this.#gathered = 0;
    this.#room = await this.sink.write(rows);
  }

  /** Hands over what is left, and settles when all rows have arrived. */
  async end(): Promise<void> {
    await this.flush();
    await this.sink.end();
  }
}
