import { meanOf } from '../experiments/score-text';
import type { NamedRuns } from './run-names';

/** Bars by variant, in per cent. */
export interface ComparisonBars {
  readonly categories: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly number[];
    /** Standard deviation over seeds, where there are several. */
    readonly error?: readonly number[];
  }[];
}

/** Accuracy and macro F1 of each variant, mean over its seeds. */
export function comparisonBars(variants: readonly NamedRuns[]): ComparisonBars {
  const several = variants.some(({ runs }) => runs.length > 1);
  const series = (['accuracy', 'macroF1'] as const).map((key) => {
    const scores = variants.map(({ runs }) => runs.map(({ metrics }) => 100 * metrics[key]));
    return {
      name: key === 'accuracy' ? 'accuracy' : 'macro F1',
      values: scores.map(meanOf),
      ...(several ? { error: scores.map(deviation) } : {}),
    };
  });
  return { categories: variants.map(({ name }) => name), series };
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
