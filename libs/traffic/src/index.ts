export { ATTACKS, FAMILIES, type Family } from './attack';
export { CaptureDecoder, type CaptureDecoderOptions, type CaptureTotals } from './capture-decoder';
export { readCapture, type ReadCaptureOptions } from './capture-file';
export { CaptureWriter } from './capture-writer';
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
export { FeatureExtractor, type ExtractorOptions, type StreamCounts } from './extractor';
export { CELLS, type Cell } from './simulator/cell';
export { simulate, simulateRows, type SimulationOptions } from './simulator/simulation';
