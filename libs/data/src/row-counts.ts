import { CLASSES } from './class-label';
import type { Source } from './source';

/** How many rows a source has of each class and device. */
export interface RowCounts {
  readonly devices: readonly string[];
  /** The classes that it has rows of, by their index in `CLASSES`. */
  readonly present: readonly number[];
  /** `[devices][classes present]` */
  readonly rows: readonly (readonly number[])[];
  /** `[classes present]` */
  readonly totals: readonly number[];
}

/** Counts a source's rows by device and class, by what it says of its files. */
export function rowCounts({ files }: Pick<Source, 'files'>): RowCounts {
  const devices = [...new Set(files.map(({ device }) => device))];
  const present = CLASSES.map(({ index }) => index).filter((index) =>
    files.some(({ label }) => label === index),
  );
  const sum = (of: (file: Source['files'][number]) => boolean): number =>
    files.filter(of).reduce((total, { rows }) => total + rows, 0);
  return {
    devices,
    present,
    rows: devices.map((device) =>
      present.map((index) => sum((file) => file.device === device && file.label === index)),
    ),
    totals: present.map((index) => sum(({ label }) => label === index)),
  };
}
