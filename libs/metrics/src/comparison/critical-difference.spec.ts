import { criticalDifference } from './critical-difference';
import { wilcoxon } from './wilcoxon';

it('joins neighbours that do not differ, and no others', () => {
  // Two that take turns, above one that is always last.
  const scores = Array.from({ length: 9 }, (_, set) => [
    0.9 + 0.01 * (set % 2),
    0.905 + 0.001 * set * (-1) ** set,
    0.5 + set / 100,
  ]);
  const { ranks, p, cliques } = criticalDifference(scores);
  expect(cliques.map((clique) => [...clique].sort())).toEqual([[0, 1]]);
  expect(ranks[2]).toBe(3);
  expect(p[0]![2]).toBeCloseTo(3 * (2 / 2 ** 9), 12); // always above: the least p of nine pairs, of three tests
  expect(p[0]![0]).toBe(1);
});

it('joins all where none differs, also such as score the same everywhere', () => {
  const scores = Array.from({ length: 6 }, () => [0.5, 0.5, 0.5]);
  expect(criticalDifference(scores)).toMatchObject({ ranks: [2, 2, 2], cliques: [[0, 1, 2]] });
});

it('refuses fewer than six pairs that differ', () => {
  expect(() => wilcoxon([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 6])).toThrow(
    'needs 6 pairs that differ, got 5',
  );
  expect(() => criticalDifference([[1, 2], [1]])).toThrow('a score of the same models');
});
