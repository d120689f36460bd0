export {
  type Architecture,
  type ArchitectureNode,
  architectureOf,
  type NodeKind,
} from './architecture';
export { block1, block2, type BlockOptions, type Branches } from './block';
export { buildModel, type BuildSettings, countParameters, parseOptions } from './build-model';
export {
  type BuildContext,
  defineModel,
  type ModelDefinition,
  type PaperScore,
  type PaperScores,
} from './define-model';
export { getModel, listModels } from './registry';
export { withSeed } from './seeded-random';
export { weightNames } from './weight-names';
