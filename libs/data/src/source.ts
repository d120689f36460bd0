import type { Table } from './table';

/** One file of a source, or what stands for one: rows of one device and one class, in time order. */
export interface SourceFile {
  /** Path relative to the source's folder, with forward slashes; or a label where there is no file. */
  readonly name: string;
  readonly device: string;
  /** Class index, see `CLASSES`. */
  readonly label: number;
  /** How many rows it has. */
  readonly rows: number;
}

export interface ReadOptions {
  /** Called now and then with the work done and the work there is; the unit is the source's own. */
  onProgress?(this: void, done: number, total: number): void;
  /** Stops the reading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Where rows come from. What they are does not depend on the machine or on when they are read. */
export interface Source {
  /** One line for reports: what and where it is. */
  readonly description: string;
  /** Whether the rows are made up rather than recorded. */
  readonly synthetic: boolean;
  /** Ordered by device, then by class. */
  readonly files: readonly SourceFile[];
  /** Files beside them that are no data by their names, and are left alone; none where left out. */
  readonly others?: readonly string[];
  /** The rows of all files together. */
  readonly rows: number;
  /**
   * The selected rows with all 115 columns, files in order.
   *
   * @param selection for each of `files`, ascending row numbers in it (0-based); see `sample`
   */
  read(selection: readonly Uint32Array[], options?: ReadOptions): Promise<Table>;
}
