import { InputError } from '@botlab/errors';
import { splitByDevice } from './split-by-device';
import { splitByFamily } from './split-by-family';
import { splitByGroup } from './split-by-group';
import { splitByRow } from './split-by-row';
import { splitByTime } from './split-by-time';
import type { Table } from './table';

/**
 * How test rows are chosen, from the easiest for a model to the hardest:
 * - row: at random, stratified by class (the paper's); tests on many rows it trained on, because
 *   most rows of N-BaIoT have identical twins
 * - grouped: the same, with identical rows kept on one side
 * - time: the last part of every file
 * - device: devices that were never trained on
 * - family: a botnet that was never trained on
 */
export const SPLITS = ['row', 'grouped', 'device', 'family', 'time'] as const;
export type SplitKind = (typeof SPLITS)[number];

export interface SplitOptions {
  readonly kind: SplitKind;
  readonly seed: number;
  /** Part of the rows to test on, in (0, 1); of the devices with 'device'. Default 0.2. */
  readonly testFraction?: number;
  /** With 'device' and 'family': names to test on, instead of the default choice. */
  readonly heldOut?: readonly string[];
}

/** Row indices into the table, ascending; each row is in exactly one of the two. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** What was done, as a phrase for reports. */
  readonly description: string;
  /** With 'device' and 'family': what the test rows are of. */
  readonly heldOut?: string[];
}

/** What each kind of split is asked: options with nothing left out. */
export interface SplitRequest {
  readonly seed: number;
  readonly testFraction: number;
  readonly heldOut: readonly string[] | undefined;
}

/** What each kind of split answers: test rows in any order. */
export interface TestRows {
  readonly test: ArrayLike<number>;
  readonly description: string;
  readonly heldOut?: string[];
}

const KINDS: Readonly<Record<SplitKind, (table: Table, request: SplitRequest) => TestRows>> = {
  row: splitByRow,
  grouped: splitByGroup,
  device: splitByDevice,
  family: splitByFamily,
  time: splitByTime,
};

/**
 * Divides a table's rows into training and test rows; the same table, kind, seed and fraction give
 * the same rows.
 *
 * @throws InputError where it cannot be done: a fraction outside (0, 1), fewer than two rows, devices
 *   or families, an unknown name in heldOut, or a side that would be empty
 */
export function split(table: Table, options: SplitOptions): Split {
  const { kind, seed, testFraction = 0.2, heldOut } = options;
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new InputError(
      `Cannot test on a fraction of ${testFraction} of the rows: expected a number between 0 and 1, such as 0.2.`,
    );
  }
  if (heldOut !== undefined && kind !== 'device' && kind !== 'family') {
    throw new InputError(
      `A split by ${kind} holds no names out: leave them away, or split by device or family.`,
    );
  }
  const { test, ...rest } = KINDS[kind](table, { seed, testFraction, heldOut });
  const isTest = new Uint8Array(table.rows);
  for (let i = 0; i < test.length; i++) isTest[test[i] ?? 0] = 1;
  const side = (wanted: number): Uint32Array => {
    const rows = new Uint32Array(wanted === 1 ? test.length : table.rows - test.length);
    let to = 0;
    isTest.forEach((is, row) => {
      if (is === wanted) rows[to++] = row;
    });
    return rows;
  };
  const [train, tested] = [side(0), side(1)];
  if (train.length === 0 || tested.length === 0) {
    throw new InputError(
      `Cannot split ${table.rows} rows by ${kind}: no row would be left to ${train.length === 0 ? 'train' : 'test'} on; take more rows.`,
    );
  }
  return { train, test: tested, ...rest };
}
