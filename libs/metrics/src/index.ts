export { ceiling, type Ceiling } from './ceiling';
export { ConfusionMatrix, type ConfusionMatrixJson } from './confusion-matrix';
export { binomialInterval, type Interval, negativesNeeded } from './binary/binomial-interval';
export {
  chooseThreshold,
  type MeasuredShare,
  type OperatingPoint,
  operatingPoint,
  type ThresholdChoice,
} from './binary/operating-point';
export { averagePrecision, rocAuc } from './binary/ranking';
export { falsePositiveRateAt, rocCurve, type RocPoint } from './binary/roc-curve';
export { clusterInterval, type ClusterOptions, clusterShare } from './comparison/cluster-interval';
export { criticalDifference, type CriticalDifference } from './comparison/critical-difference';
export { wilcoxon } from './comparison/wilcoxon';
export { conformalThresholds, scoreSets, type SetScores } from './probabilities/conformal-sets';
export {
  expectedCalibrationError,
  reliability,
  type ReliabilityBin,
} from './probabilities/reliability';
export { atTemperature, fitTemperature } from './probabilities/temperature';
export { mean, standardDeviation } from './spread';
export { scores, type ClassScores, type Scores } from './scores';
export { fitStump, predictStump, type Stump } from './stump';
export { doublings, quantile, quantileDistance } from './quantile-distance';
export {
  crossedDifference,
  holm,
  type Hits,
  mcNemar,
  type PairedDifference,
  resampledDifference,
} from './comparison/paired-difference';
