import { InputError } from '@botlab/errors';
import { type IdenticalRows, identicalRows } from './identical-rows';
import { joinedGroups } from './joined-groups';
import { percent } from './percent';
import { range } from './range';
import { Scaler, type ScalerKind } from './scaler';
import { splitByAttack } from './split-by-attack';
import { splitByDevice } from './split-by-device';
import { splitByFamily } from './split-by-family';
import { splitByGroup } from './split-by-group';
import { splitByRow } from './split-by-row';
import { splitByTime } from './split-by-time';
import { CANNOT, type ChosenRows, type SplitRequest } from './split-request';
import type { Table } from './table';

/**
 * How test rows are chosen, from the easiest for a model to the hardest:
 * - row: at random, stratified by class; tests on many rows it trained on, because most rows of N-BaIoT have
 *   identical twins (the default: the paper does not say how it splits)
 * - grouped: the same, with rows that are identical to a model kept on one side
 * - time: the last part of every file
 * - device: devices that were never trained on
 * - family: a botnet that was never trained on
 *
 * Validation rows are chosen among the others in the same way, with one difference: a split by family
 * leaves few families to train on, so attacks of those are set aside that are then not trained on.
 */
export const SPLITS = ['row', 'grouped', 'device', 'family', 'time'] as const;
export type SplitKind = (typeof SPLITS)[number];

export interface SplitOptions {
  readonly kind: SplitKind;
  readonly seed: number;
  /** Part of the rows to test on, in (0, 1); of the devices with 'device'. Default 0.2. */
  readonly testFraction?: number;
  /** Part of the rows left to set aside as validation rows, in [0, 1), at least one. Default 0: none. */
  readonly validationFraction?: number;
  /** With 'device' and 'family': names to test on, instead of the default choice. */
  readonly heldOut?: readonly string[];
  /**
   * With 'grouped': the scaler that the model will read through, fitted to the training rows. Rows
   * that it makes equal are kept on one side. Default: rows that are equal in the table.
   */
  readonly scaler?: ScalerKind;
}

/** Row indices into the table, ascending; each row is in exactly one of the three. */
export interface Split {
  readonly train: Uint32Array;
  /** To watch while training, such as for early stopping; empty unless asked for. */
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
  /** What was done, as a phrase for reports. */
  readonly description: string;
  /** With 'device' and 'family': what the test rows are of. */
  readonly heldOut?: string[];
}

type Choice = (table: Table, request: SplitRequest) => ChosenRows;

const TEST: Readonly<Record<SplitKind, Choice>> = {
  row: splitByRow,
  grouped: splitByGroup,
  device: splitByDevice,
  family: splitByFamily,
  time: splitByTime,
};
const VALIDATION: typeof TEST = { ...TEST, family: splitByAttack };

/**
 * Divides a table's rows into training, validation and test rows; the same table and options give
 * the same rows.
 *
 * With 'grouped' and a scaler there is a circle: groups decide the training rows, these the scaler,
 * and that which rows are equal. So the rows are divided with the groups known, and rows found equal
 * across two sides are joined to one group, until there are none. Groups only grow: it ends. As the
 * scaler does not see validation rows, setting some aside may also move a few test rows.
 *
 * @throws InputError where it cannot be done: a fraction out of range, fewer than two rows, devices,
 *   families or attacks, an unknown name in heldOut, or a side that would be empty
 */
export function split(table: Table, options: SplitOptions): Split {
  requireFractions(options);
  const { kind, scaler, heldOut } = options;
  if (heldOut !== undefined && kind !== 'device' && kind !== 'family') {
    throw new InputError(
      `A split by ${kind} holds no names out: leave them away, or split by device or family.`,
    );
  }
  // What the choices look at, without the features, which would be copied at every turn.
  const facts = table.select([]);
  if (kind !== 'grouped') return divided(facts, options, { group: new Uint32Array(), groups: 0 });
  let groups = identicalRows(table);
  for (;;) {
    const parts = divided(facts, options, groups);
    if (scaler === undefined) return parts;
    const features = Scaler.fit(scaler, table, parts.train).transform(table, range(table.rows));
    const seen = identicalRows({ features, columns: table.columns, rows: table.rows });
    if (!areAcross(seen, parts)) return parts;
    groups = joinedGroups(groups, seen);
  }
}

/** The test rows chosen from all, then the validation rows from the rest. */
function divided(facts: Table, options: SplitOptions, groups: IdenticalRows): Split {
  const { kind, seed, testFraction = 0.2, validationFraction = 0, heldOut } = options;
  const request = { seed, purpose: 'test', fraction: testFraction, heldOut, groups } as const;
  const { chosen: test, ...rest } = TEST[kind](facts, request);
  const [left, tested] = sides(facts.rows, test);
  if (left.length === 0 || tested.length === 0) {
    throw new InputError(
      `Cannot split ${facts.rows} rows by ${kind}: no row would be left to ${left.length === 0 ? 'train' : 'test'} on; take more rows.`,
    );
  }
  if (validationFraction === 0) {
    return { train: left, validation: new Uint32Array(), test: tested, ...rest };
  }
  const { chosen: watched, description } = VALIDATION[kind](facts.take(left), {
    seed,
    purpose: 'validation',
    fraction: validationFraction,
    heldOut: undefined,
    groups: { ...groups, group: Uint32Array.from(left, (row) => groups.group[row] ?? 0) },
  });
  const [fitted, validation] = sides(left.length, watched).map((side) =>
    side.map((i) => left[i] ?? 0),
  ) as [Uint32Array, Uint32Array];
  if (fitted.length === 0 || validation.length === 0) {
    throw new InputError(
      `${CANNOT.validation} by ${kind}: ${percent(validationFraction)} of ${left.length} rows leaves none to ${fitted.length === 0 ? 'train on' : 'watch'}; take more rows, or another fraction.`,
    );
  }
  return {
    train: fitted,
    validation,
    test: tested,
    ...rest,
    description: `${rest.description}; validated on ${description}`,
  };
}

/** The numbers below `rows` that are not among `chosen`, and those that are; both ascending. */
function sides(rows: number, chosen: ArrayLike<number>): [Uint32Array, Uint32Array] {
  const isChosen = new Uint8Array(rows);
  for (let i = 0; i < chosen.length; i++) isChosen[chosen[i] ?? 0] = 1;
  const all = range(rows);
  return [all.filter((row) => isChosen[row] === 0), all.filter((row) => isChosen[row] === 1)];
}

/** Whether a group has rows on two sides of a split. */
function areAcross({ group, groups }: IdenticalRows, { train, validation, test }: Split): boolean {
  const sideOf = new Uint8Array(groups);
  return [train, validation, test].some((rows, side) =>
    rows.some((row) => {
      const own = group[row] ?? 0;
      const before = sideOf[own] ?? 0;
      sideOf[own] = side + 1;
      return before !== 0 && before !== side + 1;
    }),
  );
}

function requireFractions({ testFraction = 0.2, validationFraction = 0 }: SplitOptions): void {
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new InputError(
      `Cannot test on a fraction of ${testFraction} of the rows: expected a number between 0 and 1, such as 0.2.`,
    );
  }
  if (!(validationFraction >= 0 && validationFraction < 1)) {
    throw new InputError(
      `Cannot set a fraction of ${validationFraction} of the training rows aside: expected a number from 0 to below 1, such as 0.1.`,
    );
  }
}
