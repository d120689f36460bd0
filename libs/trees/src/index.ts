export { BoostedTrees, type BoostedTreesParts } from './boosting/boosted-trees';
export type { BoostingOptions, Stopping } from './boosting/boosting-options';
export { fitBoostedTrees } from './boosting/fit-boosted-trees';
export { ClassTrees, type ClassTreesParts } from './class-trees';
export { blocksOf, codeBlocks, codeColumns, codeRows } from './codes';
export { type EdgeOptions, type Edges, findEdges } from './edges';
export { fitForest, type ForestOptions } from './fit-forest';
export { fitTree, type TreeOptions } from './fit-tree';
export type { ImportanceKind } from './importance';
export {
  fitIsolationForest,
  IsolationForest,
  type IsolationForestOptions,
} from './isolation-forest';
export type { LabelledRows, Rows } from './rows';
export type { Saved } from './saved-arrays';
export { loadTrees, saveTrees, type Trees } from './saved-trees';
