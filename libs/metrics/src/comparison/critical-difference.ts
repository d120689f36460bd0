import { mean } from '../spread';
import { midRanks } from './mid-ranks';
import { holm } from './paired-difference';
import { wilcoxon } from './wilcoxon';

/** Which of several models differ over several sets of rows. */
export interface CriticalDifference {
  /** `[models]` the mean rank over the sets, 1 for the best. */
  readonly ranks: readonly number[];
  /** `[models][models]` p-values of each pair, adjusted by Holm; 1 of a model with itself. */
  readonly p: readonly (readonly number[])[];
  /** Models, as neighbours by rank, no two of which differ: what a critical-difference diagram joins by a bar. */
  readonly cliques: readonly (readonly number[])[];
}

/**
 * Compares models over sets of rows: mean ranks, ties in the middle, and Wilcoxon's test of each pair with Holm's
 * correction, which unlike Nemenyi's does not hang on what else is in the table (A. Benavoli et al., JMLR 17, 2016).
 *
 * @param scores `[sets][models]`, higher is better
 * @param alpha up to which p-value a pair differs
 * @throws RangeError for fewer than two models, sets of other numbers of these, or fewer than six sets on which a
 * pair differs
 */
export function criticalDifference(
  scores: readonly (readonly number[])[],
  alpha = 0.05,
): CriticalDifference {
  const models = scores[0]?.length ?? 0;
  if (models < 2 || scores.some((set) => set.length !== models)) {
    throw new RangeError('Expected sets that each have a score of the same models, two at least.');
  }
  const places = [...Array(models).keys()];
  const pairs = places.flatMap((first) => places.slice(first + 1).map((second) => [first, second]));
  const adjusted = holm(pairs.map(([first, second]) => pOf(scores, first!, second!)));
  const p = places.map((first) => places.map((second) => (first === second ? 1 : NaN)));
  pairs.forEach(([first, second], i) => {
    p[first!]![second!] = p[second!]![first!] = adjusted[i]!;
  });
  const inSets = scores.map((set) => midRanks(set.map((score) => -score))); // the highest is the first
  const ranks = places.map((model) => mean(inSets.map((set) => set[model]!)));
  const order = [...places].sort((a, b) => ranks[a]! - ranks[b]!);
  return { ranks, p, cliques: cliques(order, (first, second) => p[first]![second]! > alpha) };
}

/** Two models that score the same everywhere do not differ. */
function pOf(scores: readonly (readonly number[])[], first: number, second: number): number {
  const [one, other] = [scores.map((set) => set[first]!), scores.map((set) => set[second]!)];
  return one.every((score, i) => score === other[i]) ? 1 : wilcoxon(one, other);
}

/** The longest runs of neighbours in which all are alike; none within another, and none of one model. */
function cliques(order: number[], isAlike: (first: number, second: number) => boolean): number[][] {
  const found: number[][] = [];
  let reached = 0;
  order.forEach((_, from) => {
    let to = from + 1;
    while (to < order.length && order.slice(from, to).every((one) => isAlike(one, order[to]!)))
      to++;
    if (to - from > 1 && to > reached) {
      found.push(order.slice(from, to));
      reached = to;
    }
  });
  return found;
}
