import * as tf from '@tensorflow/tfjs';
import type { RecurrentOptions } from '../recurrent-op';

/** An initialiser made by `tf.initializers`. */
type Initializer = ReturnType<typeof tf.initializers.zeros>;

/** Options that {@link FusedLSTM} and {@link FusedGRU} have in common. */
export interface FusedRecurrentOptions {
  /** Size of the hidden state. */
  readonly units: number;
  /** Output of every step `[batch, time, units]` (true), or of the last alone `[batch, units]` (false, the default). */
  readonly returnSequences?: boolean;
  /** Initial weights; default glorotUniform, uniform ±1/√units and zeros. */
  readonly kernelInitializer?: Initializer;
  readonly recurrentInitializer?: Initializer;
  readonly biasInitializer?: Initializer;
  readonly name?: string;
  readonly trainable?: boolean;
  readonly inputShape?: [number, number];
}

type Op = (
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  options: RecurrentOptions,
) => tf.Tensor3D;

/** What a layer reads back from a saved model. */
type SavedInitializer = {
  readonly className: string;
  readonly config: tf.serialization.ConfigDict;
};

/** An initialiser as Keras saves it. */
function saved(initializer: Initializer): tf.serialization.ConfigDict {
  return { className: initializer.getClassName(), config: initializer.getConfig() };
}

/** An initialiser from its saved form, or itself. */
function restored(value: unknown, fallback: () => Initializer): Initializer {
  if (value === undefined || value === null) return fallback();
  if (value instanceof tf.serialization.Serializable) return value as Initializer;
  const { className, config } = value as SavedInitializer;
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (known === undefined)
    throw new RangeError(`Cannot restore the initialiser "${className}": no such class.`);
  return known[0].fromConfig(known[0], config) as Initializer;
}

/**
 * What {@link FusedLSTM} and {@link FusedGRU} share: three weights in Keras's layout over one fused
 * operation, from zero states. Input `[batch, time, inputs]`.
 */
export abstract class FusedRecurrentLayer extends tf.layers.Layer {
  readonly units: number;
  readonly returnSequences: boolean;
  private readonly kernelInitializer: Initializer;
  private readonly recurrentInitializer: Initializer;
  private readonly biasInitializer: Initializer;

  protected constructor(
    options: FusedRecurrentOptions,
    private readonly gates: number,
    private readonly op: Op,
  ) {
    super(options);
    if (!Number.isInteger(options.units) || options.units < 1) {
      throw new RangeError(
        `Cannot make a recurrent layer of ${options.units} units: expected a whole number from 1.`,
      );
    }
    this.units = options.units;
    this.returnSequences = options.returnSequences ?? false;
    const bound = 1 / Math.sqrt(this.units);
    this.kernelInitializer = restored(options.kernelInitializer, () =>
      tf.initializers.glorotUniform({}),
    );
    this.recurrentInitializer = restored(options.recurrentInitializer, () =>
      tf.initializers.randomUniform({ minval: -bound, maxval: bound }),
    );
    this.biasInitializer = restored(options.biasInitializer, () => tf.initializers.zeros());
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const inputs = (inputShape as tf.Shape)[2];
    if (inputs === null || inputs === undefined) {
      throw new RangeError(
        `Cannot build ${this.name}: expected an input [batch, time, inputs] with a known last size, got ${JSON.stringify(inputShape)}.`,
      );
    }
    const width = this.gates * this.units;
    this.addWeight('kernel', [inputs, width], 'float32', this.kernelInitializer);
    this.addWeight('recurrentKernel', [this.units, width], 'float32', this.recurrentInitializer);
    this.addWeight('bias', [width], 'float32', this.biasInitializer);
    this.built = true;
  }

  /** @param options beside what tfjs passes, those of the operation */
  override call(inputs: tf.Tensor | tf.Tensor[], options: RecurrentOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
      const [kernel, recurrentKernel, bias] = this.weights.map((weight) => weight.read());
      const hidden = this.op(
        x,
        kernel as tf.Tensor2D,
        recurrentKernel as tf.Tensor2D,
        bias as tf.Tensor1D,
        options,
      );
      if (this.returnSequences) return hidden;
      const [batch, time, units] = hidden.shape;
      return hidden.slice([0, time - 1, 0], [batch, 1, units]).reshape([batch, units]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, time] = inputShape as tf.Shape;
    return this.returnSequences ? [batch!, time!, this.units] : [batch!, this.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      units: this.units,
      returnSequences: this.returnSequences,
      kernelInitializer: saved(this.kernelInitializer),
      recurrentInitializer: saved(this.recurrentInitializer),
      biasInitializer: saved(this.biasInitializer),
    };
  }
}
