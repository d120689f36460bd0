import * as tf from '@tensorflow/tfjs';

/** Options of {@link FeatureTokens}. */
export interface FeatureTokensOptions {
  /** For each token the columns that it consists of; as many for each. */
  readonly columns: readonly (readonly number[])[];
  readonly name?: string;
}

/** Features as a sequence of tokens: `[batch, features, 1]` to `[batch, tokens, columns of a token]`; no weights. */
export class FeatureTokens extends tf.layers.Layer {
  static readonly className = 'FeatureTokens';
  readonly columns: readonly (readonly number[])[];
  private readonly size: number;

  constructor(options: FeatureTokensOptions) {
    super(options);
    this.columns = options.columns;
    this.size = this.columns[0]?.length ?? 0;
    if (this.size === 0 || this.columns.some(({ length }) => length !== this.size)) {
      throw new RangeError(
        'Cannot make tokens of features: expected one or more tokens of as many columns each, got ' +
          `${JSON.stringify(this.columns)}.`,
      );
    }
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const features = (inputShape as tf.Shape)[1] ?? 0;
    const absent = this.columns
      .flat()
      .find((column) => !Number.isInteger(column) || column < 0 || column >= features);
    if (absent !== undefined) {
      throw new RangeError(
        `Cannot build ${this.name}: there is no column ${absent} in an input ${JSON.stringify(inputShape)}.`,
      );
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const indices = tf.tensor1d(this.columns.flat(), 'int32');
      return tf.gather(x, indices, 1).reshape([-1, this.columns.length, this.size]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [(inputShape as tf.Shape)[0]!, this.columns.length, this.size];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), columns: this.columns.map((token) => [...token]) };
  }
}

tf.serialization.registerClass(FeatureTokens);
