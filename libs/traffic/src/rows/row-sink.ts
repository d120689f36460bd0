/** Takes rows of the 115 features, as numbers. */
export interface RowSink {
  /** How many rows it wants at a time; the last batch may have fewer. */
  readonly batchRows: number;
  /**
   * Takes rows, row-major `[rows, 115]`, and the memory that they are in.
   *
   * @returns room for the next `batchRows` rows, once it wants more
   */
  write(rows: Float64Array<ArrayBuffer>): Promise<Float64Array<ArrayBuffer>>;
  /** Settles when all rows have arrived; nothing can be written afterwards. */
  end(): Promise<void>;
}
