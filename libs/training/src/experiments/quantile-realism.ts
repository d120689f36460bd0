import { CLASSES, type ReadOptions, sample, type Source } from '@botlab/data';
import { doublings, quantile } from '@botlab/metrics';
import type { PublishedQuantiles } from './published-quantiles';
import type { FeatureRealism } from './realism';

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

export interface QuantileRealismOptions {
  /** How many simulated rows of a group are compared at most. */
  readonly rows?: number;
  /** Seed of the choice of these rows. */
  readonly seed?: number;
  readonly read?: ReadOptions;
}

const ROWS = 20_000;

/**
 * How near simulated rows are to what is published of all genuine ones. A family's quantiles mix its attacks
 * and devices as their files have rows, so the simulated rows are drawn in proportion to theirs.
 */
export async function measureQuantiles(
  published: readonly PublishedQuantiles[],
  simulated: Source,
  { rows = ROWS, seed = 1, read = {} }: QuantileRealismOptions = {},
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
    compared.sort((a, b) => b.distance - a.distance);
    const distances = Float64Array.from(compared, ({ distance }) => distance).sort();
    groups.push({
      ...{ of, name, simulatedRows: table.rows, parts },
      median: quantile(distances, 0.5),
      features: compared,
    });
  }
  return groups;
}
