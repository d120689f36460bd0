import { InputError } from '@botlab/errors';
import { FAMILIES } from '@botlab/traffic';
import { CLASSES } from './class-label';
import { requireHeldOut } from './held-out';
import { partition } from './partition';
import { percent } from './percent';
import { splitByRow } from './split-by-row';
import type { ChosenRows, SplitRequest } from './split-request';
import type { Table } from './table';

/**
 * All rows of one botnet, and a fraction of the benign rows: can a model find an attack that it
 * never saw? Holds out what is named, by default mirai, the later of the two botnets.
 */
export function splitByFamily(table: Table, request: SplitRequest): ChosenRows {
  const familyOf = (label: number): string => CLASSES[label]?.family ?? '';
  const counts = table.classCounts();
  const present = FAMILIES.filter(
    (family) =>
      family !== 'benign' &&
      CLASSES.some((label) => label.family === family && (counts[label.index] ?? 0) > 0),
  );
  if (present.length < 2) {
    throw new InputError(
      `Cannot split by family: the rows have ${present.length === 0 ? 'no attack' : `no attack family but ${present[0]}`}; add files of a second family, or split by row.`,
    );
  }
  const names = requireHeldOut('family', request.heldOut ?? ['mirai'], present);
  const parts = partition(table.label, CLASSES.length);
  const attacks = parts.flatMap((rows, label) =>
    names.includes(familyOf(label)) ? Array.from(rows) : [],
  );
  const benign = parts[0] ?? new Uint32Array();
  const { chosen } = splitByRow(
    { rows: benign.length, label: new Uint8Array(benign.length) },
    request,
  );
  return {
    chosen: attacks.concat(Array.from(chosen, (i) => benign[i] ?? 0)),
    description: `tested on all ${names.join(' and ')} attacks and ${percent(request.fraction)} of the benign rows, trained on the rest`,
    heldOut: names,
  };
}
