export type { BenchOptions } from './bench-request';
export { diagnose, type Finding } from './diagnosis';
export { interpreter, interpreters } from './interpreter';
export { measure, type Measured, type MeasureOptions } from './measure';
export { median } from './median';
export { benchText, dispatchText, profileText } from './networks/bench-text';
export type { BenchRow } from './networks/benchmark';
export type { DispatchCount } from './networks/dispatch-count';
export {
  benchNetworks,
  type NetworkBenchRequest,
  countNetworkDispatches,
  type NetworkRequest,
  profileNetworks,
} from './networks/network-bench';
export type { StepProfile } from './networks/step-profile';
export {
  isTreeOpponent,
  type NetworkOpponent,
  type OpponentName,
  OPPONENTS,
  TREE_OPPONENTS,
  type TreeOpponent,
} from './opponent-name';
export { peakMemoryMB } from './process/peak-memory';
export { REFERENCE } from './reference-model';
export {
  type Contestant,
  type Entry,
  LEAST_STEPS,
  type RoundsOptions,
  takeTurns,
  timesInTurns,
  warmUp,
} from './rounds';
export { treeBench, type TreeBenchRequest } from './trees/tree-bench';
export { treeBenchText } from './trees/tree-bench-text';
export type { TreeBenchRow } from './trees/tree-benchmark';
export { TREE_MODELS, type TreeModel } from './trees/tree-task';
