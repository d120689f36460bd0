/** Forms that `botlab extract` writes rows in. */
export const FEATURE_FORMATS = ['csv', 'parquet'] as const;
export type FeatureFormat = (typeof FEATURE_FORMATS)[number];
