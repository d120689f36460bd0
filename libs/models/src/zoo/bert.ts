import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineModel } from '../define-model';
import { encoderBlock } from '../encoder-block';
import { FeatureTokens } from '../feature-tokens';
import { LayerNorm } from '../layer-norm';
import { PositionEmbedding } from '../position-embedding';

/** Statistics of MI_dir, H, HH, HH_jit and HpHp: 23, each over the same windows. */
const STATISTICS = [3, 3, 7, 3, 7];
const WINDOWS = 5;

/**
 * The columns of each token: a statistic over its five windows. The 115 columns go by blocks, in a block by
 * windows, and in a window by statistics, so that a token's columns lie as far apart as its block has
 * statistics. Other numbers of columns are cut into fives, the last of them repeated where one is short.
 */
function tokenColumns(features: number): number[][] {
  const windows = [...Array(WINDOWS).keys()];
  if (features !== WINDOWS * STATISTICS.reduce((sum, statistics) => sum + statistics)) {
    const tokens = [...Array(Math.ceil(features / WINDOWS)).keys()];
    return tokens.map((token) =>
      windows.map((window) => Math.min(WINDOWS * token + window, features - 1)),
    );
  }
  return STATISTICS.flatMap((statistics, block) => {
    const first = WINDOWS * STATISTICS.slice(0, block).reduce((sum, before) => sum + before, 0);
    return [...Array(statistics).keys()].map((statistic) =>
      windows.map((window) => first + window * statistics + statistic),
    );
  });
}

/** `[batch, 115, 1]` → 23 tokens of 5 → 23 × 32 → two encoder blocks → mean → logits. */
export const bert = defineModel({
  name: 'bert',
  title: 'BERT-style encoder',
  summary:
    'Self-attention over 23 statistics, each a token of 5 windows (Devlin et al. 2019, not pre-trained).',
  options: z.strictObject({
    heads: z.int().positive().default(4).describe('heads of the attention'),
    headSize: z.int().positive().default(8).describe('channels of a head'),
    blocks: z.int().positive().default(2).describe('encoder blocks'),
    expansion: z.int().positive().default(2).describe('widening inside a feed-forward network'),
  }),
  build({ input, classes, options: { heads, headSize, blocks, expansion } }) {
    const columns = tokenColumns(input.shape[1]!);
    let x = new FeatureTokens({ columns, name: 'tokens' }).apply(input) as tf.SymbolicTensor;
    // No bias: each token gets one of its own from the position embedding.
    const linear = { filters: heads * headSize, kernelSize: 1, useBias: false, name: 'embedding' };
    x = tf.layers.conv1d(linear).apply(x) as tf.SymbolicTensor;
    x = new PositionEmbedding({ name: 'position' }).apply(x) as tf.SymbolicTensor;
    for (let block = 1; block <= blocks; block++) {
      x = encoderBlock(x, { name: `encoder_${block}`, heads, expansion });
    }
    x = new LayerNorm({ name: 'norm' }).apply(x) as tf.SymbolicTensor;
    // The mean of all tokens, as in res-1dcnn-lstm, in place of BERT's [CLS] token: without
    // pre-training, that has learnt nothing to begin with.
    const mean = tf.layers.globalAveragePooling1d({ name: 'mean' }).apply(x);
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(mean) as tf.SymbolicTensor;
  },
});
