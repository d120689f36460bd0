export {
  type Architecture,
  type ArchitectureNode,
  architectureOf,
  type NodeKind,
} from './architecture';
export { block1, block2, type BlockOptions, type Branches } from './block';
export {
  buildModel,
  type BuildSettings,
  countParameters,
  optionNames,
  parseOptions,
} from './build-model';
export {
  type BuildContext,
  defineModel,
  type ModelDefinition,
  noteModels,
  type PaperScore,
  type PaperScores,
} from './define-model';
export { encoderBlock, type EncoderBlockOptions } from './encoder-block';
export { type Refusal, refusalOf } from './expectation';
export { FeatureTokens, type FeatureTokensOptions } from './feature-tokens';
export { GELU } from './gelu';
export { LayerNorm, type LayerNormOptions } from './layer-norm';
export { loadDefinitions } from './load-definitions';
export { PositionEmbedding } from './position-embedding';
export { getModel, listModels } from './registry';
export { withSeed } from './seeded-random';
export { SelfAttention, type SelfAttentionOptions } from './self-attention';
export { weightNames } from './weight-names';
export { requireStepMemory } from './weight-memory';
