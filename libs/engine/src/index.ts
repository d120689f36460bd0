export { DeviceLost } from './engines/device-lost';
export {
  dispatchesSoFar,
  isAsynchronous,
  kernelHost,
  largestTensor,
  timeDispatches,
} from './engines/engine-in-use';
export type { KernelHost } from './backends/compiled/kernel-host';
export type { DispatchTime } from './engines/engine';
export { isPackage } from './engines/installation';
export { ENGINE_NAMES } from './engines/registry';
export { measureGigaflops } from './engines/engine-speed';
export { type AdamParameter, type AdamStep, adamUpdate } from './ops/adam';
export { checkLabels } from './backends/labels';
export { type ClassificationLoss, crossEntropy } from './ops/cross-entropy';
export { gelu } from './ops/gelu';
export { layerNorm } from './ops/layer-norm';
export { FusedGRU } from './ops/layers/fused-gru';
export { FusedLSTM, type FusedLSTMOptions } from './ops/layers/fused-lstm';
export type { FusedRecurrentOptions } from './ops/layers/recurrent-layer';
export { gru, lstm, type RecurrentOptions } from './ops/recurrent-op';
export { layerLosses } from './ops/model/layer-losses';
export { applyConstraints } from './ops/model/weight-constraints';
export { runModel } from './ops/model/run-model';
export {
  currentEngine,
  describeEngines,
  type EngineOptions,
  type EngineStatus,
  restartEngine,
  type RunningEngine,
  useEngine,
} from './engines/use-engine';
