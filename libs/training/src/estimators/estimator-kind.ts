/** What kinds of estimators there are. */
export const ESTIMATOR_KINDS = ['network', 'trees', 'linear', 'rule', 'anomaly'] as const;
export type EstimatorKind = (typeof ESTIMATOR_KINDS)[number];
