export { batches } from './batches';
export { CLASSES, classOf, type ClassLabel } from './class-label';
export { csvSource } from './csv-source';
export {
  FEATURE_FORMATS,
  type FeatureFormat,
  type FeatureOutput,
  openFeatureOutput,
} from './feature-output';
export { ParquetSink } from './parquet-sink/parquet-sink';
export type { DataFrame } from 'danfojs-node';
export { frameOf, type FrameColumns } from './frame';
export type { FrameLike, FrameOptions } from './frame-rows';
export { fileTimes } from './clock/file-times';
export { RowClock, type RowTimes } from './clock/row-clock';
export { identicalRows, type IdenticalRows } from './identical-rows';
export { CLOCK_FEATURES, LEAKAGES, withLeakage, type Leakage } from './leakage';
export { readParquet, writeParquet, type FilledColumn, type ParquetColumn } from './parquet';
export { quotas } from './quota';
export { Random } from '@botlab/random';
export { rowCounts, type RowCounts } from './row-counts';
export { sample, type SampleSize } from './sample';
export {
  DEFAULT_SCALER,
  Scaler,
  SCALERS,
  type ScalerInput,
  type ScalerJSON,
  type ScalerKind,
  type ScalerParameters,
} from './scaler';
export {
  ATTACKS,
  BLOCKS,
  DEVICES,
  FAMILIES,
  FEATURE_NAMES,
  FEATURES,
  STATISTICS,
  WINDOWS,
  type Block,
  type Family,
  type Feature,
  type Statistic,
  type Window,
} from '@botlab/traffic';
export { droppedColumns, withoutColumns } from './silent-columns';
export { simulatedSource, type SimulatedSourceOptions } from './simulated-source';
export { simulationFolder, simulationPlace, type SimulationPlace } from './simulation-folder';
export type { ReadOptions, Source, SourceFile } from './source';
export { split, SPLITS, type Split, type SplitKind, type SplitOptions } from './split';
export { Table, type TableParts } from './table';
export { tableSource, type TableSourceOptions } from './table-source';
export { requireTwoClasses, taskClasses, taskLabels, TASKS, type Task } from './task';
