import * as tf from '@tensorflow/tfjs';

/**
 * Adds to each token a vector of its place, which is learnt (Devlin et al. 2019, section 3): `[batch, tokens,
 * width]` to the same. Attention by itself sees a set: without this, tokens that change places change theirs
 * in the output and nothing else.
 */
export class PositionEmbedding extends tf.layers.Layer {
  static readonly className = 'PositionEmbedding';

  constructor(options: { readonly name?: string; readonly trainable?: boolean } = {}) {
    super(options);
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const [, tokens, width] = inputShape as tf.Shape;
    if (!tokens || !width) {
      throw new RangeError(
        `Cannot build ${this.name}: expected an input [batch, tokens, width] of known sizes, got ` +
          `${JSON.stringify(inputShape)}.`,
      );
    }
    const normal = tf.initializers.truncatedNormal({ mean: 0, stddev: 0.02 }); // BERT's
    this.addWeight('embedding', [tokens, width], 'float32', normal);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    return tf.add(x, this.weights[0]!.read());
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return inputShape as tf.Shape;
  }
}

tf.serialization.registerClass(PositionEmbedding);
