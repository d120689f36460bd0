import type { VariantMeans } from './variant-means';

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
export function comparisonBars(variants: readonly VariantMeans[]): ComparisonBars {
  const several = variants.some(({ runs }) => runs.length > 1);
  const bars = (name: string, key: 'accuracy' | 'macroF1') => ({
    name,
    values: variants.map((variant) => 100 * variant[key]),
    ...(several ? { error: variants.map((variant) => 100 * variant.deviation[key]) } : {}),
  });
  return {
    categories: variants.map(({ name }) => name),
    series: [bars('accuracy', 'accuracy'), bars('macro F1', 'macroF1')],
  };
}
