import { InputError } from '@botlab/errors';
import { draw } from './draw';
import { requireHeldOut } from './held-out';
import { partition } from './partition';
import { Random } from '@botlab/random';
import type { SplitRequest, TestRows } from './split';
import type { Table } from './table';

/** All rows of some devices: those named, or a random testFraction of the devices (1 at least). */
export function splitByDevice(
  table: Table,
  { seed, testFraction, heldOut }: SplitRequest,
): TestRows {
  const parts = partition(table.device, table.devices.length);
  const present = table.devices.filter((_, i) => (parts[i]?.length ?? 0) > 0);
  if (present.length < 2) {
    throw new InputError(
      `Cannot split by device: all rows are of ${present[0] ?? 'no device'}; add the files of a second device, or split by row.`,
    );
  }
  const most = present.length - 1;
  const count = Math.min(most, Math.max(1, Math.round(testFraction * present.length)));
  const chosen =
    heldOut === undefined
      ? Array.from(draw(present.length, count, new Random(seed, 'split', 'device')))
          .map((i) => present[i])
          .filter((name) => name !== undefined)
      : requireHeldOut('device', heldOut, present);
  return {
    test: chosen.flatMap((name) => Array.from(parts[table.devices.indexOf(name)] ?? [])),
    description: `tested on ${chosen.join(', ')}, trained on the other ${present.length - chosen.length} of ${present.length} devices`,
    heldOut: chosen,
  };
}
