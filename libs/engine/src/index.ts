export { DeviceLost } from './device-lost';
export { dispatchesSoFar, timeDispatches } from './dispatches';
export { ENGINE_NAMES, type EngineName } from './engine';
export { measureGigaflops } from './engine-speed';
export { type AdamParameter, type AdamStep, adamUpdate } from './fused/adam';
export { type ClassificationLoss, crossEntropy } from './fused/cross-entropy';
export { gelu } from './fused/gelu';
export { layerNorm } from './fused/layer-norm';
export { FusedGRU } from './layers/fused-gru';
export { FusedLSTM, type FusedLSTMOptions } from './layers/fused-lstm';
export type { FusedRecurrentOptions } from './layers/recurrent-layer';
export { gru, lstm, type RecurrentOptions } from './recurrent-op';
export { runModel } from './run-model';
export {
  describeEngines,
  type EngineOptions,
  type EngineStatus,
  isAsynchronous,
  largestTensor,
  restartEngine,
  type RunningEngine,
  useEngine,
} from './use-engine';
