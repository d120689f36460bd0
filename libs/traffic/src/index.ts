export { ATTACKS, FAMILIES, type Family } from './attack';
export {
  CaptureDecoder,
  type CaptureDecoderOptions,
  type CaptureTotals,
} from './capture/capture-decoder';
export { readCapture, type ReadCaptureOptions } from './capture/capture-file';
export { CaptureWriter } from './capture/capture-writer';
export { DEVICES } from './device';
export { PacketBatch, PROTOCOL, type Protocol } from './packet-batch';
export {
  BLOCKS,
  FEATURE_NAMES,
  FEATURES,
  STATISTICS,
  WINDOWS,
  type Block,
  type Feature,
  type Statistic,
  type Window,
} from './schema';
export { DECAY_RATES } from './features/decay';
export { FeatureExtractor, type ExtractorOptions, type StreamCounts } from './features/extractor';
export { CELLS, type Cell, placeOf, scaledRows } from './simulator/cell';
export { chooseCells, type CellChoice } from './simulator/cell-choice';
export { deviceMac, simulate, simulateRows, type SimulationOptions } from './simulator/simulation';
export {
  extractFeatures,
  type Extraction,
  type ExtractionOptions,
  type ExtractionProgress,
} from './features/extraction';
export { requireCaptures, requireNoCapture } from './capture/capture-source';
export { builtFile } from './rows/built-file';
export { csvSink, type ByteSink } from './rows/csv-sink';
export { RowCrew, type RowCrewOptions } from './rows/row-crew';
export type { RowSink } from './rows/row-sink';
export { serveRows, type Encoded } from './rows/row-worker';
export { macText, parseMac } from './mac-address';
export type { SimulatedFormat } from './simulator/simulated-file';
export {
  simulateFolder,
  type SimulatedFile,
  type SimulatedFolderOptions,
} from './simulator/simulated-folder';
export { isMarkedSynthetic, SYNTHETIC_MARKER } from './simulator/synthetic-marker';
