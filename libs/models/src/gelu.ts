import { gelu } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';

/**
 * The Gaussian error linear unit x·Φ(x), any shape to the same: BERT's activation (Hendrycks and Gimpel 2016,
 * arXiv:1606.08415). The same as `tf.layers.activation({ activation: 'gelu' })`, as one operation.
 */
export class GELU extends tf.layers.Layer {
  static readonly className = 'GELU';

  constructor(options: { readonly name?: string } = {}) {
    super(options);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return gelu(Array.isArray(inputs) ? inputs[0]! : inputs);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return inputShape as tf.Shape;
  }
}

tf.serialization.registerClass(GELU);
