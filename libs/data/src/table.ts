import { createHash } from 'node:crypto';
import { unknownName } from '@botlab/errors';
import type { DataFrame } from 'danfojs-node';
import { CLASSES } from './class-label';
import { frameOf } from './frame';
import { type FrameLike, type FrameOptions, frameRows } from './frame-rows';
import type { SourceFile } from './source';

export interface TableParts {
  readonly features: Float64Array;
  readonly columns: readonly string[];
  readonly label: Uint8Array;
  readonly device: Uint8Array;
  readonly devices: readonly string[];
  readonly file: Uint16Array;
  readonly files: readonly SourceFile[];
  readonly row: Uint32Array;
}

/** Rows of N-BaIoT in memory, each with what it is and where it came from. Treat it as read-only. */
export class Table {
  /** Row-major `[rows, columns]`, in the units of the files (bytes, seconds, counts). */
  readonly features: Float64Array;
  /** The names of the columns of `features`. */
  readonly columns: readonly string[];
  /** Class index of each row, see `CLASSES`. */
  readonly label: Uint8Array;
  /** Device of each row, as a place in `devices`. */
  readonly device: Uint8Array;
  readonly devices: readonly string[];
  /** File of each row, as a place in `files`. */
  readonly file: Uint16Array;
  readonly files: readonly SourceFile[];
  /** Row number within its file, 0-based: the files are in order of time. */
  readonly row: Uint32Array;

  /** @throws RangeError when the parts do not describe the same number of rows */
  constructor(parts: TableParts) {
    const { label, columns } = parts;
    const lengths = [parts.device.length, parts.file.length, parts.row.length];
    if (
      lengths.some((length) => length !== label.length) ||
      parts.features.length !== label.length * columns.length
    ) {
      throw new RangeError(
        `The parts of a table disagree: ${parts.features.length} features, ${label.length} labels, ${columns.length} columns`,
      );
    }
    this.features = parts.features;
    this.columns = columns;
    this.label = label;
    this.device = parts.device;
    this.devices = parts.devices;
    this.file = parts.file;
    this.files = parts.files;
    this.row = parts.row;
  }

  /** How many rows there are. */
  get rows(): number {
    return this.label.length;
  }

  /**
   * A new table of the rows at `indices`, in that order.
   *
   * @throws RangeError for an index outside the table
   */
  take(indices: ArrayLike<number>): Table {
    const { features, columns, rows } = this;
    const width = columns.length;
    const taken = new Float64Array(indices.length * width);
    const at = new Uint32Array(indices);
    at.forEach((index, i) => {
      if (index >= rows) throw new RangeError(`Row ${index} of a table of ${rows} rows`);
      taken.set(features.subarray(index * width, (index + 1) * width), i * width);
    });
    return new Table({
      ...this,
      features: taken,
      label: new Uint8Array(at.length).map((_, i) => this.label[at[i] ?? 0] ?? 0),
      device: new Uint8Array(at.length).map((_, i) => this.device[at[i] ?? 0] ?? 0),
      file: new Uint16Array(at.length).map((_, i) => this.file[at[i] ?? 0] ?? 0),
      row: new Uint32Array(at.length).map((_, i) => this.row[at[i] ?? 0] ?? 0),
    });
  }

  /**
   * A new table of the named columns, in that order.
   *
   * @throws InputError for a name that is not a column
   */
  select(columnNames: readonly string[]): Table {
    const { features, columns, rows } = this;
    const from = columnNames.map((name) => {
      const column = columns.indexOf(name);
      if (column < 0) throw unknownName('column', name, columns);
      return column;
    });
    const selected = new Float64Array(rows * from.length);
    for (let row = 0, to = 0; row < rows; row++) {
      for (const column of from) selected[to++] = features[row * columns.length + column] ?? 0;
    }
    return new Table({ ...this, features: selected, columns: [...columnNames] });
  }

  /** How many rows each of the 11 classes has, by class index. */
  classCounts(): number[] {
    const counts = CLASSES.map(() => 0);
    for (const label of this.label) counts[label] = (counts[label] ?? 0) + 1;
    return counts;
  }

  /**
   * SHA-256 (hex) of what the rows are: column names, features, classes, devices and row numbers within
   * their files, in row order. What the files are called, and whether they are compressed, does not count,
   * nor do files that no row is from.
   */
  checksum(): string {
    const used = new Map<number, number>();
    const file = this.file.map((index) => {
      const place = used.get(index) ?? used.size;
      used.set(index, place);
      return place;
    });
    const devices = [...used.keys()].map((index) => this.files[index]?.device);
    const hash = createHash('sha256').update(JSON.stringify([this.columns, devices]));
    for (const part of [this.features, this.label, file, this.row]) hash.update(part);
    return hash.digest('hex');
  }

  /**
   * The table as a danfojs DataFrame: the feature columns, then device, class, file (names) and row.
   * A frame takes many times the memory of a table; take a few thousand rows to look at.
   */
  toFrame(): DataFrame {
    const { columns, features, rows } = this;
    const textOf = (of: (row: number) => string | undefined) =>
      Array.from({ length: rows }, (_, row) => of(row) ?? '');
    return frameOf({
      ...Object.fromEntries(
        columns.map((name, column) => [
          name,
          Array.from({ length: rows }, (_, row) => features[row * columns.length + column]!),
        ]),
      ),
      device: textOf((row) => this.devices[this.device[row]!]),
      class: textOf((row) => CLASSES[this.label[row]!]?.name),
      file: textOf((row) => this.files[this.file[row]!]?.name),
      row: this.row,
    });
  }

  /**
   * A table of the rows of a danfojs DataFrame, such as one that `readCSV` gave or `toFrame` made. Its columns are
   * N-BaIoT's in any order, all or some, or others that are named.
   *
   * @throws InputError for a column that is not there or not known, a row without a label, a label that is no class,
   *   or a cell that is no finite number
   */
  static fromFrame(frame: FrameLike, options: FrameOptions): Table {
    return new Table(frameRows(frame, options));
  }
}
