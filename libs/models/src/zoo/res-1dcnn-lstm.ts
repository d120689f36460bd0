import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { block1, block2 } from '../block';
import { defineModel } from '../define-model';
import { forgetBiasOption } from '../forget-bias-option';

/**
 * The paper's model in sizes of ours, since it gives none (docs/deviations.md): `[batch, 115, 1]` → 115 × 32 →
 * 115 × 32 → 58 × 64 → 29 × 128 → mean → logits.
 */
export const res1DCNNLSTM = defineModel({
  name: 'res-1dcnn-lstm',
  title: 'Res-1DCNN-LSTM',
  summary: 'Convolution and LSTM side by side in residual blocks: the paper’s model (section 3).',
  paper: {
    binary: { accuracy: 0.9889, f1: 0.9932 },
    multiclass: { accuracy: 0.8753, f1: 0.8856 },
  },
  options: z.strictObject({
    width: z.int().positive().default(16).describe('channels of a branch in the first block'),
    blocks: z
      .array(z.enum(['block1', 'block2']))
      .min(1)
      .default(['block1', 'block1', 'block2', 'block2'])
      .describe('block1 keeps the length, block2 halves it and doubles the channels'),
    kernelSize: z.int().positive().default(3).describe('length of the filters'),
    branches: z.enum(['both', 'conv', 'lstm']).default('both').describe('ablation: one branch'),
    batchNorm: z.boolean().default(true).describe('ablation: without batch normalisation'),
    shortcut: z.boolean().default(true).describe('ablation: without shortcuts'),
    forgetBias: forgetBiasOption,
  }),
  build({ input, classes, options: { width, blocks, ...rest } }) {
    let x = input;
    blocks.forEach((kind, i) => {
      const name = `${kind}_${i + 1}`;
      const channels = x.shape[2]!;
      x =
        kind === 'block1'
          ? block1(x, { ...rest, name, width: Math.max(width, Math.ceil(channels / 2)) })
          : block2(x, { ...rest, name, width: Math.max(width, channels) });
    });
    const mean = tf.layers.globalAveragePooling1d({ name: 'mean' }).apply(x);
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(mean) as tf.SymbolicTensor;
  },
});
