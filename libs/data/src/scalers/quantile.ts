import { columnStatistics, type FittedRows } from './column-statistics';
import { CurveLookup, scaleByCurves } from './curve-lookup';
import type { ScalerDefinition } from './scaler-definition';
import { type ScoreCurve, scoreCurve } from './score-curve';

/** The curve of each column. */
export interface QuantileParameters {
  /** For each column ascending values; none where it is constant. */
  readonly knots: readonly (readonly number[])[];
  /** For each column what becomes of them. */
  readonly scores: readonly (readonly number[])[];
}

/**
 * Each column becomes normally distributed: a value becomes the normal quantile of its rank among the fitted
 * values. What differs by a thousandth and what differs by a millionfold are then equally far apart, where as
 * many rows lie in between.
 *
 * As scikit-learn's QuantileTransformer(output_distribution='normal') with as many quantiles as rows, but for two
 * things: ranks are clipped at 0.001 (there at 1e-7), and ties at the ends of a column take the middle of their
 * ranks as those within do (there the end).
 */
export const quantile: ScalerDefinition<QuantileParameters> = {
  fit(values) {
    const { constant } = columnStatistics(values);
    const curves = constant.map((is, column) =>
      is ? { knots: [], scores: [] } : scoreCurve(sortedColumn(values, column)),
    );
    return { knots: curves.map(({ knots }) => knots), scores: curves.map(({ scores }) => scores) };
  },
  read({ knots, scores }, columns) {
    const width = columns.length;
    if (!areLists(knots, width)) return `its knots are not ${width} lists of numbers`;
    if (!areLists(scores, width)) return `its scores are not ${width} lists of numbers`;
    for (let i = 0; i < width; i++) {
      const fault = faultOf({ knots: knots[i]!, scores: scores[i]! });
      if (fault !== undefined) return `its column ${columns[i]} has ${fault}`;
    }
    return { knots, scores };
  },
  endless: () => -1,
  spread: ({ knots }, column) => knots[column]!.at(-1)! - knots[column]![0]!,
  scaling({ knots, scores }) {
    const lookups = knots.map((of, column) =>
      of.length === 0 ? undefined : new CurveLookup({ knots: of, scores: scores[column]! }),
    );
    return (values, scaled) => {
      scaleByCurves(lookups, values, scaled);
    };
  },
};

function sortedColumn({ features, width, rows }: FittedRows, column: number): Float64Array {
  return Float64Array.from(rows, (row) => features[row * width + column]!).sort();
}

/** What is wrong with a stored curve. */
function faultOf({ knots, scores }: ScoreCurve): string | undefined {
  if (scores.length !== knots.length) return `${scores.length} scores for ${knots.length} knots`;
  if (knots.length === 1) return '1 knot, where a curve has at least 2';
  for (let i = 1; i < knots.length; i++) {
    if (!(knots[i]! > knots[i - 1]!))
      return `knots that do not ascend: ${knots[i]} after ${knots[i - 1]}`;
    if (!(scores[i]! >= scores[i - 1]!))
      return `scores that fall: ${scores[i]} after ${scores[i - 1]}`;
  }
  return undefined;
}

function areLists(lists: unknown, length: number): lists is number[][] {
  return (
    Array.isArray(lists) &&
    lists.length === length &&
    lists.every((list) => Array.isArray(list) && list.every(Number.isFinite))
  );
}
