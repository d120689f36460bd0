export { Adam } from './adam';
export { type Bounds, boundsOf } from './bounds';
export { environmentOf } from './environment';
export { describeEstimators, type EstimatorDescription } from './estimators/describe-estimators';
export { defineEstimator } from './estimators/define-estimator';
export type {
  Estimator,
  EstimatorDefinition,
  EstimatorInfo,
  EstimatorShape,
  FitContext,
  FittedEstimator,
  NetworkEstimator,
} from './estimators/estimator';
export { ESTIMATOR_KINDS, type EstimatorKind } from './estimators/estimator-kind';
export {
  answerFrom,
  answerRows,
  countClasses,
  type FixedAnswers,
  joinAnswers,
} from './estimators/fixed-answers';
export { logProbabilities } from './estimators/log-probabilities';
export { getEstimator, listEstimators, requireTask } from './estimators/registry';
export { loadArrays, saveArrays } from './estimators/saved-arrays';
export { evaluateRun, type EvaluateOptions, type RunEvaluation } from './evaluate-run';
export { accuracyOf, crossEntropy, type Evaluation, predict, type Predictions } from './evaluation';
export type { ExperimentFacts } from './experiments/experiment-facts';
export {
  listRuns,
  readTable1,
  type RunFilter,
  type Table1,
  type Table1Row,
  type Table1Set,
} from './experiments/read-table1';
export {
  type ClassRealism,
  type FeatureRealism,
  measureRealism,
  type RealismOptions,
} from './realism/realism';
export { type GroupRealism, measureQuantiles } from './realism/quantile-realism';
export {
  type PublishedFeature,
  type PublishedQuantiles,
  readPublishedQuantiles,
} from './realism/published-quantiles';
export {
  type Detection,
  simToReal,
  type SimToReal,
  type SimToRealPlan,
} from './realism/sim-to-real';
export {
  checkSimulation,
  type SimulationCheck,
  type SimulationCheckOptions,
  type SimulationFindings,
} from './realism/simulation-check';
export { simulationCheckText } from './realism/simulation-check-text';
export { baselines } from './experiments/baselines';
export { compareRuns, type HalfComparisons } from './experiments/comparisons';
export type { Comparison, VariantComparison } from './experiments/variant-comparison';
export { experimentFolder, hasPlan, readFacts } from './experiments/experiment-folder';
export { experimentName } from './experiments/experiment-name';
export type { Plan, Transfer } from './experiments/plan';
export { type PlanOptions, type PlanRequest, runPlan, type RunPlace } from './experiments/run-plan';
export { noteRowsOf } from './experiments/row-sets';
export { type Results, writeResults } from './experiments/results';
export { meanPercent } from './experiments/score-text';
export {
  runTable1,
  type Table1Options,
  type Table1Plan,
  table1Request,
} from './experiments/table1';
export {
  decimalsIn,
  halvesOf,
  type Table1Half,
  tasksIn,
  variantsOf,
} from './experiments/table1-half';
export { leftOutText, table1Notes } from './experiments/table1-notes';
export {
  halfTitle,
  table1Cells,
  type Table1Cells,
  table1Markdown,
  table1Tables,
  table1Title,
} from './experiments/table1-text';
export { variantId, withOptions } from './experiments/variant';
export type { Variant } from './experiments/variant-schema';
export type { TrainOptions, TrainProgress } from './train-options';
export { type KernelProfile, type KernelTime, profileKernels } from './kernel-profile';
export { LearningRateSchedule, learningRateAt } from './learning-rate';
export { loadPlugins, pluginOf } from './plugins/load-plugins';
export type { PluginRequest } from './plugins/plugin-file';
export { configuredPlugins } from './plugins/plugin-settings';
export { type Examples, prepareData, type PreparedData } from './prepare-data';
export { chosenSource } from './chosen-source';
export { type OpenOptions, openSource } from './open-source';
export { PredictionsOutput } from './predictions-output';
export type { RecoveryOptions } from './recovery';
export { getProfile, type Profile, PROFILES } from './profile';
export { DataSpec, type Environment, Hyperparameters, RunConfig, SourceSpec } from './run-config';
export { type EpochRecord, RunFolder } from './run-folder';
export type { RunMetrics } from './run-metrics';
export { buildRun, loadEstimator, loadRun, type RunEstimator, type RunModel } from './run-model';
export {
  checksum,
  type NamedArray,
  readTensorFile,
  type TensorFile,
  writeTensorFile,
} from './safetensors';
export { StepBenchmark, type StepBenchmarkSettings } from './step-benchmark';
export { forTask, type LeftOut, type TaskData } from './task-data';
export { type Run, train } from './train';
export { compare, type ComparedRow, type CompareOptions, type RunComparison } from './lab/compare';
export type { DataOrigin } from './lab/data-origin';
export { evaluate } from './lab/evaluate';
export { fit, type FitOptions, type Fittable } from './lab/fit';
export { type Answers, FittedRun, type TestPredictions } from './lab/fitted-run';
export { historyFrame, predictionsFrame, runsFrame } from './lab/frames';
export { loadData, type LoadedData, type LoadOptions } from './lab/load-data';
export { removeTemporaryRuns } from './lab/temporary-runs';
export type { VariantMeans } from './lab/variant-means';
export { type Work, WORKS } from './work';
export type { AskedPlan } from './request/asked-plan';
export { askedRun, type AskedRun, type RunRequestOptions } from './request/asked-run';
export { askedStudy, type StudyRequestOptions } from './request/asked-study';
export { askedTable1, type Table1RequestOptions } from './request/asked-table1';
export type { Assignment, RequestOptions } from './request/request-options';
export {
  type TrainingBase,
  trainingRequest,
  type TrainingRequest,
} from './request/training-request';
export { parseStudy, readStudy, type Study } from './experiments/study';
