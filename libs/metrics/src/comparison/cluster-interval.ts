import { Random } from '@botlab/random';
import type { Interval } from '../binary/binomial-interval';
import { quantile } from '../quantile-distance';

/** How clusters are drawn. */
export interface ClusterOptions {
  readonly seed: number;
  /** How sure, a fraction; 0.95 where it is not said. */
  readonly level?: number;
  /** How often all clusters are drawn; 2,000 where it is not said. */
  readonly draws?: number;
}

/**
 * Between which values a statistic lies, when rows hang together in clusters, such as the files of a device: the
 * percentiles of the statistic over draws of whole clusters with replacement (A. C. Davison & D. V. Hinkley, Bootstrap
 * Methods and their Application, 1997, 3.8). With few clusters it promises too much; under ten it is not to be had.
 *
 * @param statistic of how often each cluster was drawn, `[clusters]`; NaN where a draw has none of what it needs
 * @throws RangeError for fewer than ten clusters
 */
export function clusterInterval(
  clusters: number,
  statistic: (counts: Uint32Array) => number,
  { seed, level = 0.95, draws = 2_000 }: ClusterOptions,
): Interval {
  if (clusters < 10) {
    throw new RangeError(`An interval over clusters needs ten of them, got ${clusters}.`);
  }
  const random = new Random(seed, 'clusters');
  const counts = new Uint32Array(clusters);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    counts.fill(0);
    for (let i = 0; i < clusters; i++) counts[random.int(clusters)]!++;
    const value = statistic(counts);
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length < draws / 2) {
    throw new RangeError('Most draws of clusters have none of what the statistic is about.');
  }
  const ascending = Float64Array.from(values).sort();
  const outside = (1 - level) / 2;
  return { low: quantile(ascending, outside), high: quantile(ascending, 1 - outside) };
}

/** The statistic of a share, such as accuracy: `some[c]` of `all[c]` rows in each cluster. */
export function clusterShare(
  some: ArrayLike<number>,
  all: ArrayLike<number>,
): (counts: Uint32Array) => number {
  return (counts) => {
    let [part, whole] = [0, 0];
    for (let c = 0; c < counts.length; c++) {
      part += counts[c]! * some[c]!;
      whole += counts[c]! * all[c]!;
    }
    return part / whole;
  };
}
