import * as tf from '@tensorflow/tfjs';
import { GELU } from './gelu';
import { LayerNorm } from './layer-norm';
import { SelfAttention } from './self-attention';

/** Options of {@link encoderBlock}. */
export interface EncoderBlockOptions {
  readonly name: string;
  /** Heads of the attention; x's last size is a multiple of it. */
  readonly heads: number;
  /** Channels inside the feed-forward network, as a multiple of x's; default 4, BERT's. */
  readonly expansion?: number;
}

/**
 * A block of the Transformer's encoder (Vaswani et al. 2017, section 3.1), x `[batch, tokens, width]` to the
 * same:
 *
 *   h = x + attention(norm(x))     f(x) = h + reduce(GELU(expand(norm(h))))
 *
 * The tokens look at each other in the attention alone; what follows, two convolutions of size 1, sees one
 * token at a time. The normalisation stands before each branch ("pre-norm"), where BERT has it after each
 * addition: so the shortcuts reach from the first block to the last, as in the paper's residual blocks, and the
 * learning rate needs no warm-up (Xiong et al. 2020, "On layer normalization in the Transformer
 * architecture"). What comes out of the last block is not normalised yet.
 */
export function encoderBlock(
  x: tf.SymbolicTensor,
  { name, heads, expansion = 4 }: EncoderBlockOptions,
): tf.SymbolicTensor {
  const width = x.shape[2]!;
  const apply = (layer: tf.layers.Layer, to: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(to) as tf.SymbolicTensor;
  const norm = (branch: string, to: tf.SymbolicTensor) =>
    apply(new LayerNorm({ name: `${name}/${branch}_norm` }), to);
  const add = (branch: string, ...to: tf.SymbolicTensor[]) =>
    apply(tf.layers.add({ name: `${name}/${branch}_add` }), to);
  const tokenwise = (part: string, filters: number, to: tf.SymbolicTensor) =>
    apply(tf.layers.conv1d({ filters, kernelSize: 1, name: `${name}/${part}` }), to);

  const attention = new SelfAttention({ heads, name: `${name}/attention` });
  const h = add('attention', x, apply(attention, norm('attention', x)));

  const expanded = tokenwise('expand', expansion * width, norm('feed_forward', h));
  const reduced = tokenwise('reduce', width, apply(new GELU({ name: `${name}/gelu` }), expanded));
  return add('feed_forward', h, reduced);
}
