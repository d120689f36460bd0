export { ENGINE_NAMES, type EngineName } from './engine';
export { FusedGRU } from './layers/fused-gru';
export { FusedLSTM, type FusedLSTMOptions } from './layers/fused-lstm';
export type { FusedRecurrentOptions } from './layers/recurrent-layer';
export { gru, lstm } from './recurrent-op';
export { describeEngines, type EngineStatus, type RunningEngine, useEngine } from './use-engine';
