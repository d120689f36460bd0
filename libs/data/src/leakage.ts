import { type Feature, FEATURES } from '@botlab/traffic';
import { withoutColumns } from './silent-columns';
import type { Table } from './table';

/** What to do with the columns that tell when a capture was made. */
export type Leakage = 'keep' | 'drop';
export const LEAKAGES = ['keep', 'drop'] as const satisfies readonly Leakage[];

/**
 * The ten columns that tell the time: the mean and variance of HH_jit in all five windows.
 *
 * HH_jit summarises the time between the packets of a stream. The extractor takes the time before
 * the first packet as 0, so the first "interval" of every stream is the absolute unix time
 * (≈ 1.5e9 s). It dominates the jitter's mean, and through it the variance, until it has decayed:
 * these columns date a row to the second, and since each attack was recorded at its own time, a
 * model can read the class from the calendar. The HH_jit weights only count packets.
 */
export const CLOCK_FEATURES: readonly Feature[] = FEATURES.filter(
  ({ block, statistic }) => block === 'HH_jit' && statistic !== 'weight',
);

/**
 * A table as a choice of leakage leaves it: the same with 'keep'; with 'drop' one in which the
 * columns that tell the time are all 0, and so say nothing, while a model keeps its 115 inputs.
 */
export function withLeakage(table: Table, leakage: Leakage): Table {
  if (leakage === 'keep') return table;
  const clock = CLOCK_FEATURES.map(({ name }) => name);
  return withoutColumns(
    table,
    clock.filter((name) => table.columns.includes(name)),
  );
}
