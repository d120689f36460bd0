import { layerNorm } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';

/** Options of {@link LayerNorm}. */
export interface LayerNormOptions {
  /** Added to the variance; default 1e-5, PyTorch's. */
  readonly epsilon?: number;
  readonly name?: string;
  readonly trainable?: boolean;
}

/**
 * Layer normalisation over the last axis, `[…, width]` to the same (Ba, Kiros and Hinton 2016,
 * arXiv:1607.06450): each token by its own mean and variance, whatever else is in the batch. The same function
 * and weights as `tf.layers.layerNormalization`, as one operation.
 */
export class LayerNorm extends tf.layers.Layer {
  static readonly className = 'LayerNorm';
  readonly epsilon: number;

  constructor(options: LayerNormOptions = {}) {
    super(options);
    this.epsilon = options.epsilon ?? 1e-5;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape).at(-1);
    if (!width) {
      throw new RangeError(
        `Cannot build ${this.name}: expected an input with a known last size, got ${JSON.stringify(inputShape)}.`,
      );
    }
    this.addWeight('gamma', [width], 'float32', tf.initializers.ones());
    this.addWeight('beta', [width], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [gamma, beta] = this.weights.map((weight) => weight.read() as tf.Tensor1D);
    return layerNorm(Array.isArray(inputs) ? inputs[0]! : inputs, gamma!, beta!, this.epsilon);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return inputShape as tf.Shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon };
  }
}

tf.serialization.registerClass(LayerNorm);
