import * as tf from '@tensorflow/tfjs';
import { lstm } from '../recurrent-op';
import { FusedRecurrentLayer, type FusedRecurrentOptions } from './recurrent-layer';

/**
 * Long short-term memory as one fused operation: `[batch, time, inputs]` to `[batch, time, units]`,
 * or `[batch, units]` without `returnSequences`.
 *
 * The same function and weights as `tf.layers.lstm({ recurrentActivation: 'sigmoid' })`.
 */
export class FusedLSTM extends FusedRecurrentLayer {
  static readonly className = 'FusedLSTM';

  constructor(options: FusedRecurrentOptions) {
    super(options, 4, lstm);
  }
}

tf.serialization.registerClass(FusedLSTM);
