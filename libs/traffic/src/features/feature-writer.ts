import { FEATURE_NAMES } from '../schema';

/** Takes bytes, which are written over once what it returns is settled. */
export type ByteSink = (bytes: Uint8Array) => void | Promise<void>;

const BUFFER_BYTES = 1 << 20;
/** A float64 in its shortest form takes 24 characters at most, and one to part it from the next. */
const MOST_ROW_BYTES = 25 * FEATURE_NAMES.length;

/**
 * Rows as CSV in the form of N-BaIoT's files: a header of the 115 names, then each number in the
 * shortest form that reads back to the same float64.
 */
export class FeatureWriter {
  readonly #sink: ByteSink;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  #used = 0;
  #rows = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
    this.#put(FEATURE_NAMES.join(','));
  }

  /** How many rows were appended. */
  get rows(): number {
    return this.#rows;
  }

  /** Appends a row of 115 numbers. Where it returns true, {@link flush} before the next. */
  append(row: Float64Array): boolean {
    this.#put(row.join(','));
    this.#rows++;
    return this.#used + MOST_ROW_BYTES > BUFFER_BYTES;
  }

  /** Hands over what it holds. */
  async flush(): Promise<void> {
    const bytes = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    await this.#sink(bytes);
  }

  #put(line: string): void {
    if (this.#used + line.length >= BUFFER_BYTES) throw new RangeError('flush before the next row');
    this.#used += this.#buffer.write(line, this.#used, 'latin1');
    this.#buffer[this.#used++] = 10;
  }
}
