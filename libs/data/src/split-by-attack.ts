import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { CLASSES } from './class-label';
import { draw } from './draw';
import { partition } from './partition';
import { percent } from './percent';
import { splitByRow } from './split-by-row';
import { CANNOT, type ChosenRows, type SplitRequest, STREAMS } from './split-request';
import type { Table } from './table';

/**
 * All rows of some attacks, a random fraction of those there are (1 at least), and a fraction of the
 * benign rows. What a split by family is validated on: with one of two botnets held out to test,
 * holding out the other would leave no attack to train on, but attacks of it can be unknown too.
 */
export function splitByAttack(table: Table, request: SplitRequest): ChosenRows {
  const { seed, purpose, fraction } = request;
  const parts = partition(table.label, CLASSES.length);
  const [benign = new Uint32Array()] = parts;
  const present = CLASSES.filter(
    ({ index, attack }) => attack !== null && (parts[index]?.length ?? 0) > 0,
  );
  if (present.length < 2) {
    throw new InputError(
      `${CANNOT[purpose]} by family: ${present.length === 0 ? 'no attack is' : `${present[0]?.name ?? ''} is the only attack`} among them; add files of another attack, or split by row.`,
    );
  }
  const count = Math.min(present.length - 1, Math.max(1, Math.round(fraction * present.length)));
  const random = new Random(seed, STREAMS[purpose], 'attack');
  const held = Array.from(draw(present.length, count, random), (i) => present[i]).filter(
    (label) => label !== undefined,
  );
  const of = { rows: benign.length, label: new Uint8Array(benign.length) };
  const { chosen } = splitByRow(of, request);
  return {
    chosen: [
      ...Array.from(chosen, (i) => benign[i] ?? 0),
      ...held.flatMap(({ index }) => Array.from(parts[index] ?? [])),
    ],
    description: `all rows of ${held.map(({ name }) => name).join(', ')} and ${percent(fraction)} of the benign training rows`,
    heldOut: held.map(({ name }) => name),
  };
}
