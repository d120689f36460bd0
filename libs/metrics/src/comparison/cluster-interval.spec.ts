import { Random } from '@botlab/random';
import { clusterInterval, clusterShare } from './cluster-interval';

/** Clusters of 50 rows, each with a share of its own about 0.8. */
function drawn(seed: number, clusters = 40) {
  const random = new Random(seed, 'planted');
  const shares = Array.from({ length: clusters }, () => 0.6 + 0.4 * random.float());
  const hits = shares.map(
    (share) => Array.from({ length: 50 }, () => random.float() < share).filter(Boolean).length,
  );
  return { hits, rows: shares.map(() => 50) };
}

it('covers the truth as often as it says, where rows hang together', () => {
  const covered = Array.from({ length: 500 }, (_, seed) => {
    const { hits, rows } = drawn(seed);
    const { low, high } = clusterInterval(40, clusterShare(hits, rows), { seed, draws: 400 });
    return low <= 0.8 && 0.8 <= high;
  });
  const share = covered.filter(Boolean).length / covered.length;
  expect(share).toBeGreaterThan(0.92);
  expect(share).toBeLessThan(0.97);
});

it('is the same for the same seed', () => {
  const { hits, rows } = drawn(1);
  const of = (seed: number) => clusterInterval(40, clusterShare(hits, rows), { seed });
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});

it('refuses few clusters, and a statistic that most draws do not have', () => {
  expect(() => clusterInterval(9, () => 1, { seed: 1 })).toThrow('needs ten of them, got 9');
  expect(() => clusterInterval(20, () => NaN, { seed: 1 })).toThrow(
    'Most draws of clusters have none',
  );
});
