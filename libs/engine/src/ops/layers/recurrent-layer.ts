import * as tf from '@tensorflow/tfjs';
import type { RecurrentOptions } from '../recurrent-op';

/** An initialiser made by `tf.initializers`. */
type Initializer = ReturnType<typeof tf.initializers.zeros>;

/** A regulariser made by `tf.regularizers`. */
type Regularizer = ReturnType<typeof tf.regularizers.l1l2>;

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
  /** What is added to the loss for the size of the weights; nothing where left out. */
  readonly kernelRegularizer?: Regularizer;
  readonly recurrentRegularizer?: Regularizer;
  readonly biasRegularizer?: Regularizer;
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
type Saved = {
  readonly className: string;
  readonly config: tf.serialization.ConfigDict;
};

/** An initialiser or regulariser as Keras saves it. */
function saved(part: tf.serialization.Serializable): tf.serialization.ConfigDict {
  return { className: part.getClassName(), config: part.getConfig() };
}

/** An initialiser or regulariser from its saved form, or itself; undefined where there is none. */
function restored<T extends tf.serialization.Serializable>(
  kind: 'initialiser' | 'regulariser',
  value: unknown,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof tf.serialization.Serializable) return value as T;
  const { className, config } = value as Saved;
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (known === undefined) {
    throw new RangeError(`Cannot restore the ${kind} "${className}": no such class.`);
  }
  return known[0].fromConfig(known[0], config) as T;
}

/** Options of `tf.layers.lstm` and `gru` that are as they are here: any other value would be without effect. */
const FIXED: Readonly<Record<string, unknown>> = {
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  useBias: true,
  dropout: 0,
  recurrentDropout: 0,
  goBackwards: false,
  returnState: false,
  stateful: false,
  resetAfter: false,
  ...{ activityRegularizer: null, kernelConstraint: null },
  ...{ recurrentConstraint: null, biasConstraint: null },
};

/** @throws RangeError for an option that would be without effect */
function checkOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(name in FIXED) || value === undefined || value === null || value === FIXED[name])
      continue;
    const fixed = FIXED[name];
    throw new RangeError(
      `Cannot make a fused recurrent layer with ${name}: expected ` +
        `${fixed === null ? 'none' : `it to be ${JSON.stringify(fixed)} or left out`}; ` +
        'tf.layers.lstm and tf.layers.gru have it.',
    );
  }
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
  private readonly kernelRegularizer: Regularizer | undefined;
  private readonly recurrentRegularizer: Regularizer | undefined;
  private readonly biasRegularizer: Regularizer | undefined;

  protected constructor(
    options: FusedRecurrentOptions,
    private readonly gates: number,
    private readonly op: Op,
  ) {
    super(options);
    checkOptions(options);
    if (!Number.isInteger(options.units) || options.units < 1) {
      throw new RangeError(
        `Cannot make a recurrent layer of ${options.units} units: expected a whole number from 1.`,
      );
    }
    this.units = options.units;
    this.returnSequences = options.returnSequences ?? false;
    const bound = 1 / Math.sqrt(this.units);
    this.kernelInitializer =
      restored('initialiser', options.kernelInitializer) ?? tf.initializers.glorotUniform({});
    this.recurrentInitializer =
      restored('initialiser', options.recurrentInitializer) ??
      tf.initializers.randomUniform({ minval: -bound, maxval: bound });
    this.biasInitializer =
      restored('initialiser', options.biasInitializer) ?? tf.initializers.zeros();
    this.kernelRegularizer = restored('regulariser', options.kernelRegularizer);
    this.recurrentRegularizer = restored('regulariser', options.recurrentRegularizer);
    this.biasRegularizer = restored('regulariser', options.biasRegularizer);
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const inputs = (inputShape as tf.Shape)[2];
    if (inputs === null || inputs === undefined) {
      throw new RangeError(
        `Cannot build ${this.name}: expected an input [batch, time, inputs] with a known last size, got ${JSON.stringify(inputShape)}.`,
      );
    }
    const width = this.gates * this.units;
    for (const [name, shape, initializer, regularizer] of [
      ['kernel', [inputs, width], this.kernelInitializer, this.kernelRegularizer],
      [
        'recurrentKernel',
        [this.units, width],
        this.recurrentInitializer,
        this.recurrentRegularizer,
      ],
      ['bias', [width], this.biasInitializer, this.biasRegularizer],
    ] as const) {
      this.addWeight(name, [...shape], 'float32', initializer, regularizer);
    }
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
      ...(this.kernelRegularizer && { kernelRegularizer: saved(this.kernelRegularizer) }),
      ...(this.recurrentRegularizer && { recurrentRegularizer: saved(this.recurrentRegularizer) }),
      ...(this.biasRegularizer && { biasRegularizer: saved(this.biasRegularizer) }),
    };
  }
}
