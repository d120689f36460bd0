import * as tf from '@tensorflow/tfjs';

/** Options of {@link SelfAttention}. */
export interface SelfAttentionOptions {
  /** How many times the tokens look at each other, each in its own width / heads channels. */
  readonly heads: number;
  readonly name?: string;
  readonly trainable?: boolean;
  readonly inputShape?: [tokens: number, width: number];
}

/** The weights by name, in the order in which they are saved. */
const KERNELS = ['query', 'key', 'value', 'output'] as const;

/**
 * Multi-head self-attention (Vaswani et al. 2017, "Attention is all you need", section 3.2.2), `[batch,
 * tokens, width]` to the same: every token takes a mean of all tokens' values, weighted by how well its
 * query fits their keys. For each head h, with d = width / heads,
 *
 *   Q = x·query_h    K = x·key_h    V = x·value_h    head_h = softmax(Q·Kᵀ / √d)·V
 *
 * and the output is concat(head_1, …)·output + bias.
 *
 * Queries, keys and values have no bias, as in the article. BERT's have; but that of the keys adds the same
 * to all scores of a query, which softmax takes away, so that it could not learn; and that of the values
 * comes out as a constant, which the output's bias is already.
 */
export class SelfAttention extends tf.layers.Layer {
  static readonly className = 'SelfAttention';
  readonly heads: number;

  constructor(options: SelfAttentionOptions) {
    super(options);
    if (!Number.isInteger(options.heads) || options.heads < 1) {
      throw new RangeError(
        `Cannot make self-attention of ${options.heads} heads: expected a whole number from 1.`,
      );
    }
    this.heads = options.heads;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape)[2];
    if (!width || width % this.heads !== 0) {
      throw new RangeError(
        `Cannot build ${this.name}: expected an input [batch, tokens, width] with a width that ` +
          `${this.heads} heads divide, got ${JSON.stringify(inputShape)}.`,
      );
    }
    const uniform = tf.initializers.glorotUniform({});
    for (const name of KERNELS) this.addWeight(name, [width, width], 'float32', uniform);
    this.addWeight('bias', [width], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = single(inputs);
      const heads = tf.matMul(this.attention(x), this.project(x, 'value'));
      const concat = heads.transpose([0, 2, 1, 3]).reshape([-1, x.shape[2]!]);
      const [output, bias] = [this.kernel('output'), this.weights[KERNELS.length]!.read()];
      return tf.matMul(concat, output).add(bias).reshape(x.shape);
    });
  }

  /**
   * Which token looks at which: softmax(Q·Kᵀ / √d) `[batch, heads, tokens, tokens]`, each row of which sums to
   * 1, for an input x `[batch, tokens, width]` of this layer.
   */
  attention(x: tf.Tensor): tf.Tensor4D {
    return tf.tidy(() => {
      const scale = 1 / Math.sqrt(x.shape[2]! / this.heads);
      const queries = this.project(x, 'query').mul(scale);
      return tf.softmax(tf.matMul<tf.Tensor4D>(queries, this.project(x, 'key'), false, true));
    });
  }

  /** x times a kernel, head by head: `[batch, heads, tokens, width / heads]`. */
  private project(x: tf.Tensor, name: (typeof KERNELS)[number]): tf.Tensor4D {
    const [batch, tokens, width] = x.shape as [number, number, number];
    const all = tf.matMul(x.reshape([batch * tokens, width]), this.kernel(name));
    return all
      .reshape([batch, tokens, this.heads, width / this.heads])
      .transpose<tf.Tensor4D>([0, 2, 1, 3]);
  }

  private kernel(name: (typeof KERNELS)[number]): tf.Tensor {
    return this.weights[KERNELS.indexOf(name)]!.read();
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return inputShape as tf.Shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), heads: this.heads };
  }
}

function single(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}

tf.serialization.registerClass(SelfAttention);
