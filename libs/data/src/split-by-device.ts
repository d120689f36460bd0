import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { draw } from './draw';
import { requireHeldOut } from './held-out';
import { partition } from './partition';
import { CANNOT, type ChosenRows, type SplitRequest, STREAMS } from './split-request';
import type { Table } from './table';

/** All rows of some devices: those named, or a random fraction of the devices (1 at least). */
export function splitByDevice(
  table: Table,
  { seed, purpose, fraction, heldOut }: SplitRequest,
): ChosenRows {
  const parts = partition(table.device, table.devices.length);
  const present = table.devices.filter((_, i) => (parts[i]?.length ?? 0) > 0);
  if (present.length < 2) {
    throw new InputError(
      `${CANNOT[purpose]} by device: all rows are of ${present[0] ?? 'no device'}; add the files of ${purpose === 'test' ? 'a second' : 'another'} device, or split by row.`,
    );
  }
  const most = present.length - 1;
  const count = Math.min(most, Math.max(1, Math.round(fraction * present.length)));
  const names =
    heldOut === undefined
      ? Array.from(draw(present.length, count, new Random(seed, STREAMS[purpose], 'device')))
          .map((i) => present[i])
          .filter((name) => name !== undefined)
      : requireHeldOut('device', heldOut, present);
  return {
    chosen: names.flatMap((name) => Array.from(parts[table.devices.indexOf(name)] ?? [])),
    description:
      purpose === 'test'
        ? `tested on ${names.join(', ')}, trained on the other ${present.length - names.length} of ${present.length} devices`
        : `the training rows of ${names.join(', ')}`,
    heldOut: names,
  };
}
