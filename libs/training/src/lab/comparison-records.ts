import { count, percent } from '@botlab/text';
import { meanPercent } from '../experiments/score-text';
import { ALIKE } from '../experiments/table1-text';
import { isAlike, type VariantComparison } from '../experiments/variant-comparison';
import type { VariantMeans } from './variant-means';

/** A line of a comparison as it is printed, by its columns. */
export type ComparisonRecord = Readonly<Record<string, string>>;

/** A record a variant, and under them the ceiling where there is one. */
export function comparisonRecords(
  variants: readonly VariantMeans[],
  comparison: VariantComparison,
  decimals: 1 | 2,
  ceiling: { readonly accuracy: number; readonly macroF1: number } | undefined,
): ComparisonRecord[] {
  const hasPaper = variants.some(({ runs }) => runs.some(({ estimator }) => estimator.paper));
  const hasNetwork = variants.some(({ params }) => params !== undefined);
  const records = variants.map(({ name, runs, params, seconds }): ComparisonRecord => {
    const mean = (key: 'accuracy' | 'weightedF1' | 'macroF1'): string =>
      meanPercent(
        runs.map(({ metrics }) => metrics[key]),
        decimals,
      );
    const { estimator, config } = runs[0]!;
    const paper = estimator.paper?.[config.task];
    const printed = (fraction: number | undefined) =>
      fraction === undefined ? '–' : percent(fraction);
    return {
      model: name,
      'accuracy (%)': `${isAlike(comparison, name) ? `${ALIKE} ` : ''}${mean('accuracy')}`,
      ...(hasPaper ? { "paper's accuracy": printed(paper?.accuracy) } : {}),
      'weighted F1 (%)': mean('weightedF1'),
      ...(hasPaper ? { "paper's F1": printed(paper?.f1) } : {}),
      'macro F1 (%)': mean('macroF1'),
      ...(hasNetwork ? { weights: params === undefined ? '–' : count(params) } : {}),
      'seconds a run': seconds.toFixed(1),
    };
  });
  if (ceiling === undefined) return records;
  const bound = {
    model: 'ceiling',
    'accuracy (%)': meanPercent([ceiling.accuracy], decimals),
    'macro F1 (%)': meanPercent([ceiling.macroF1], decimals),
  };
  return [...records, bound];
}
