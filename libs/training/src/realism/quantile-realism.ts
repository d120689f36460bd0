import { CLASSES, sample, type Source } from '@botlab/data';
import { doublings, quantile } from '@botlab/metrics';
import type { PublishedQuantiles } from './published-quantiles';
import { type FeatureRealism, REALISM_ROWS, type RealismOptions, worstFirst } from './realism';

/** How the simulated rows of a family, or a device's benign ones, compare with published quantiles. */
export interface GroupRealism {
  readonly of: 'family' | 'device';
  readonly name: string;
  readonly simulatedRows: number;
  /** Which quantiles are compared. */
  readonly parts: readonly number[];
  /** The median of the features' distances. */
  readonly median: number;
  /** The worst first; the distance is the mean difference of the quantiles, in doublings. */
  readonly features: readonly FeatureRealism[];
}

/**
 * How near simulated rows are to what is published of all genuine ones. A family's quantiles mix its attacks
 * and devices as their files have rows, so the simulated rows are drawn in proportion to theirs.
 */
export async function measureQuantiles(
  published: readonly PublishedQuantiles[],
  simulated: Source,
  { rows = REALISM_ROWS, seed = 1, read = {} }: RealismOptions = {},
): Promise<GroupRealism[]> {
  const groups: GroupRealism[] = [];
  for (const { of, name, parts, features } of published) {
    const counts = simulated.files.map(({ device, label, rows: all }) => {
      const { family } = CLASSES[label]!;
      return (of === 'family' ? family === name : device === name && family === 'benign') ? all : 0;
    });
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all === 0) continue;
    const table = await simulated.read(sample(counts, { rows: Math.min(rows, all) }, seed), read);
    const compared = features.map(({ name: feature, quantiles: real }) => {
      const column = table.columns.indexOf(feature);
      const values = Float64Array.from(
        { length: table.rows },
        (_, row) => table.features[row * table.columns.length + column]!,
      ).sort();
      const made = parts.map((part) => quantile(values, part));
      const apart = real.map((value, i) => Math.abs(doublings(value) - doublings(made[i]!)));
      const distance = apart.reduce((sum, one) => sum + one, 0) / apart.length;
      return { name: feature, distance, real, simulated: made };
    });
    groups.push({ ...{ of, name, simulatedRows: table.rows, parts }, ...worstFirst(compared) });
  }
  return groups;
}
