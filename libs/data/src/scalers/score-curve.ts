import { normalQuantile } from './normal-quantile';

/** Ranks nearer to 0 or 1 than this are taken for it: no score is beyond 3.09. */
export const LEAST_RANK = 0.001;

/** Knots that a curve has at most. */
export const MOST_KNOTS = 2000;

/**
 * What a column's values become: at each knot its score, between two knots on the line through them, beyond the
 * first and the last what these have. Without knots the column is constant: 0 everywhere.
 */
export interface ScoreCurve {
  /** Ascending. */
  readonly knots: readonly number[];
  /** As many, none below the one before. */
  readonly scores: readonly number[];
}

/**
 * The normal score of each distinct value: of its rank i / (n - 1), ties taking the middle of theirs, clipped to
 * {@link LEAST_RANK}.
 *
 * Where more than {@link MOST_KNOTS} values are distinct, some are left out, so that none of those is further from
 * a knot's score than {@link scoreError}: its own score then is off by no more.
 *
 * @param sorted all values of a column, ascending, at least two of them different
 */
export function scoreCurve(sorted: Float64Array): ScoreCurve {
  const { values, scores } = distinct(sorted);
  const kept = values.length <= MOST_KNOTS ? [...values.keys()] : thinned(scores);
  return {
    knots: kept.map((i) => values[i]!),
    scores: kept.map((i) => Number(scores[i]!.toPrecision(DIGITS))),
  };
}

/** What float32 holds of a score. */
const DIGITS = 9;

/** How far the score of a fitted value may be off where its column has more values than knots: 0.0062. */
export const scoreError = (-4 * normalQuantile(LEAST_RANK)) / (MOST_KNOTS - 2);

/** The different ones of sorted values, and their scores. */
function distinct(sorted: Float64Array): { values: Float64Array; scores: Float64Array } {
  const values = new Float64Array(sorted.length);
  const scores = new Float64Array(sorted.length);
  let count = 0;
  for (let first = 0, next = 0; first < sorted.length; first = next) {
    const value = sorted[first]!;
    while (next < sorted.length && sorted[next] === value) next++;
    const rank = (first + next - 1) / 2 / (sorted.length - 1);
    values[count] = value + 0; // -0 becomes 0
    scores[count++] = normalQuantile(Math.min(Math.max(rank, LEAST_RANK), 1 - LEAST_RANK));
  }
  return { values: values.subarray(0, count), scores: scores.subarray(0, count) };
}

/**
 * The first and the last, and in between as few as have no two neighbours further apart than {@link scoreError},
 * but where values themselves are. Two steps together are longer than that, which bounds their number.
 */
function thinned(scores: Float64Array): number[] {
  const kept = [0];
  for (let i = 1, last = 0; i < scores.length; i++) {
    const isLast = i === scores.length - 1;
    if (!isLast && scores[i + 1]! - scores[last]! <= scoreError) continue;
    kept.push(i);
    last = i;
  }
  return kept;
}
