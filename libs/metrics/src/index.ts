export { ceiling, type Ceiling } from './ceiling';
export { ConfusionMatrix, type ConfusionMatrixJson } from './confusion-matrix';
export { averagePrecision, rocAuc } from './ranking';
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
} from './paired-difference';
