import { defineAffine } from './affine';
import { type ColumnStatistics, identity, type Mapping } from './column-statistics';

const mean = (of: ColumnStatistics, column: number): number => of.mean[column] ?? 0;
const deviation = (of: ColumnStatistics, column: number): number =>
  Math.sqrt(of.variance[column] ?? 0);

/** Mean 0 and standard deviation 1, of the rows as a population, of each column once mapped. */
export function defineStandard(map: Mapping = identity) {
  return defineAffine(mean, deviation, map);
}

export const standard = defineStandard();
