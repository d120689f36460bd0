import * as tf from '@tensorflow/tfjs';
import { lstm } from '../recurrent-op';
import { FusedRecurrentLayer, type FusedRecurrentOptions } from './recurrent-layer';

/** Options of {@link FusedLSTM}. */
export interface FusedLSTMOptions extends FusedRecurrentOptions {
  /**
   * Start the forget gate's bias at `forgetBias`, whatever initialises the rest of the bias (default true): a new
   * cell then remembers until it learns to forget (Jozefowicz et al. 2015, "An empirical exploration of
   * recurrent network architectures"; Keras's default, which tf.layers has as an option).
   */
  readonly unitForgetBias?: boolean;
  /** What the forget gate's bias starts at, 1 by default: the larger, the longer a new cell remembers. */
  readonly forgetBias?: number;
}

/**
 * Long short-term memory as one fused operation: `[batch, time, inputs]` to `[batch, time, units]`,
 * or `[batch, units]` without `returnSequences`.
 *
 * The same function and weights as `tf.layers.lstm({ recurrentActivation: 'sigmoid' })`.
 */
export class FusedLSTM extends FusedRecurrentLayer {
  static readonly className = 'FusedLSTM';
  readonly unitForgetBias: boolean;
  readonly forgetBias: number;

  constructor(options: FusedLSTMOptions) {
    super(options, 4, lstm);
    this.unitForgetBias = options.unitForgetBias ?? true;
    this.forgetBias = options.forgetBias ?? 1;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    if (!this.unitForgetBias) return;
    const { units, forgetBias } = this;
    const bias = this.weights[2]!;
    tf.tidy(() => {
      const initial = bias.read();
      const after = initial.slice(2 * units);
      bias.write(tf.concat([initial.slice(0, units), tf.fill([units], forgetBias), after]));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { unitForgetBias, forgetBias } = this;
    return { ...super.getConfig(), unitForgetBias, forgetBias };
  }
}

tf.serialization.registerClass(FusedLSTM);
